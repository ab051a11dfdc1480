//! Addresses of figures, the register and administration: a part of `paths`.

use super::paths::path;

/// The figures of every wave, without people.
pub const FIGURES: &str = "/cijfers";

/// The register.
pub const REGISTER: &str = "/register";
/// A list of the register.
pub const REGISTER_LIST: &str = "/register/{lijst}";
/// A new row in a list of the register.
pub const REGISTER_NEW: &str = "/register/{lijst}/nieuw";
/// A row of the register beside its list.
pub const REGISTER_ROW: &str = "/register/{lijst}/{id}";
/// A row of the register in a form.
pub const REGISTER_EDIT: &str = "/register/{lijst}/{id}/verander";
/// The end of a row of the register.
pub const REGISTER_END: &str = "/register/{lijst}/{id}/einde";
/// What somebody asks about the own data.
pub const REGISTER_DATA: &str = "/register/{lijst}/{id}/gegevens";
/// Everything that is kept of somebody.
pub const REGISTER_DOSSIER: &str = "/register/{lijst}/{id}/inzage";
/// What people ask about the own data.
pub const REQUESTS: &str = "/verzoeken";
/// A no that is taken back.
pub const REGISTER_BAN: &str = "/verboden/{verbod}/intrekking";

/// A list of the register.
pub fn register(list: &str) -> String {
    path(&["register", list])
}

/// A new row in a list of the register.
pub fn register_new(list: &str) -> String {
    path(&["register", list, "nieuw"])
}

/// A row of the register beside its list.
pub fn register_row(list: &str, id: &str) -> String {
    path(&["register", list, id])
}

/// A row of the register in a form.
pub fn register_edit(list: &str, id: &str) -> String {
    path(&["register", list, id, "verander"])
}

/// The end of a row of the register.
pub fn register_end(list: &str, id: &str) -> String {
    path(&["register", list, id, "einde"])
}

/// What somebody asks about the own data.
pub fn register_data(list: &str, id: &str) -> String {
    path(&["register", list, id, "gegevens"])
}

/// Everything that is kept of somebody.
pub fn register_dossier(list: &str, id: &str) -> String {
    path(&["register", list, id, "inzage"])
}

/// A no that is taken back.
pub fn register_ban(id: &str) -> String {
    path(&["verboden", id, "intrekking"])
}

/// Administration.
pub const ADMIN: &str = "/beheer";
/// Accounts.
pub const ADMIN_ACCOUNTS: &str = "/beheer/accounts";
/// An invitation.
pub const ADMIN_INVITE: &str = "/beheer/uitnodigen";
/// An account.
pub const ADMIN_ACCOUNT: &str = "/beheer/accounts/{account}";
/// Tokens for programs.
pub const ADMIN_TOKENS: &str = "/beheer/sleutels";
/// Who came with the account of an organisation and waits to be confirmed.
pub const ADMIN_IDENTITIES: &str = "/beheer/identiteiten";
/// The end of a token.
pub const ADMIN_TOKEN: &str = "/beheer/sleutels/{sleutel}/einde";
/// Policies.
pub const ADMIN_POLICIES: &str = "/beheer/beleid";
/// A policy.
pub const ADMIN_POLICY: &str = "/beheer/beleid/{beleid}/{nummer}";
/// Settings.
pub const ADMIN_SETTINGS: &str = "/beheer/instellingen";
/// The log, for an administrator.
pub const ADMIN_LOG: &str = "/beheer/logboek";
/// The log, for an intermediary.
pub const LOG: &str = "/logboek";

/// An account.
pub fn admin_account(id: &str) -> String {
    path(&["beheer", "accounts", id])
}

/// The end of a token.
pub fn admin_token(id: &str) -> String {
    path(&["beheer", "sleutels", id, "einde"])
}

/// A policy.
pub fn admin_policy(name: &str, number: i64) -> String {
    path(&["beheer", "beleid", name, &number.to_string()])
}

/// Policies, for an intermediary.
pub const POLICIES: &str = "/beleid";
/// A policy that is drafted on top of another.
pub const POLICY_DRAFT: &str = "/beleid/{beleid}/{nummer}";

/// A policy that is drafted on top of another.
pub fn policy_draft(name: &str, number: i64) -> String {
    path(&["beleid", name, &number.to_string()])
}

/// What was scarce in waves of before, for a policy that saves it.
pub const POLICY_SAVING: &str = "/beleid/{beleid}/{nummer}/bewaren";

/// What was scarce in waves of before.
pub fn policy_saving(name: &str, number: i64) -> String {
    path(&["beleid", name, &number.to_string(), "bewaren"])
}

/// A policy to be tried on waves of before.
pub const TRY_POLICY: &str = "/beleid/{beleid}/{nummer}/op-proef";
/// A policy on trial.
pub const POLICY_TRIAL: &str = "/beleid/{beleid}/{nummer}/op-proef/{beleidsproef}";
/// The end of a trial before it is done.
pub const STOP_POLICY_TRIAL: &str = "/beleid/{beleid}/{nummer}/op-proef/{beleidsproef}/stoppen";

/// A policy to be tried.
pub fn try_policy(name: &str, number: i64) -> String {
    path(&["beleid", name, &number.to_string(), "op-proef"])
}

/// A policy on trial.
pub fn policy_trial(name: &str, number: i64, trial: &str) -> String {
    path(&["beleid", name, &number.to_string(), "op-proef", trial])
}

/// The end of a trial before it is done.
pub fn stop_policy_trial(name: &str, number: i64, trial: &str) -> String {
    path(&["beleid", name, &number.to_string(), "op-proef", trial, "stoppen"])
}
