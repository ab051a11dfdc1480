//! Writes the page of all rules and terms from their lists, in Markdown, for docs/rules.md.

use std::fmt::Write as _;

use crate::matching::judge::rules::{self, Allow, RULES, Rule};
use crate::matching::judge::terms::{self, Points, TERMS, Term};

/// The page: one table of rules and one of terms, in the order of the lists.
pub fn generated_docs() -> String {
    let mut page = String::from(
        "# Regels en termen (rules and terms)\n\n\
         Deze pagina is gemaakt uit de lijsten `RULES` en `TERMS`. (This page is generated from those lists.)\n\n\
         ## Regels (rules)\n\n\
         Een paarregel bepaalt of een plaatsing mag bestaan. Een gedeelde regel begrenst het plan als geheel. \
         (A pair rule decides whether a placement may exist; a shared rule limits the plan.)\n\n\
         | code | wat geldt (what holds) | soort (kind) | kijkt naar (looks at) | met `ondanks` te overrulen (overrulable) |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        let (kind, part) = rule_kind(rule);
        let overrulable = if rule.overrulable { "ja (yes)" } else { "nee (no)" };
        row(&mut page, &[&format!("`{}`", rule.code), rule.says, kind, part, overrulable]);
    }
    page.push_str(
        "\n## Termen (terms)\n\n\
         Een doel telt termen op, elk maal een gewicht. (A goal adds up terms, each times a weight.)\n\n\
         | code | wat punten geeft (what gives points) | soort (kind) | kijkt naar (looks at) |\n\
         | --- | --- | --- | --- |\n",
    );
    for term in TERMS {
        let (kind, part) = term_kind(term);
        row(&mut page, &[&format!("`{}`", term.code.code()), term.says, kind, part]);
    }
    page
}

fn row(page: &mut String, cells: &[&str]) {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    writeln!(page, "| {} |", cells.join(" | ")).expect("a String takes every text");
}

fn rule_kind(rule: &Rule) -> (&'static str, &'static str) {
    match rule.kind {
        rules::Kind::Pair { write, .. } => ("paar (pair)", allow_part(write)),
        rules::Kind::Shared { .. } => ("gedeeld (shared)", "plan"),
        rules::Kind::Changes { .. } => ("gedeeld (shared)", "plan en vorig plan (plan and previous plan)"),
    }
}

const SCHOOL: &str = "school";
const CANDIDATE_SCHOOL: &str = "kandidaat en school (candidate and school)";
const CANDIDATE_SEAT: &str = "kandidaat en plek (candidate and seat group)";
const CANDIDATE_COACH: &str = "kandidaat en coach (candidate and coach)";
const COACH_SCHOOL: &str = "coach en school (coach and school)";
const WHOLE: &str = "hele plaatsing (whole placement)";

fn allow_part(allow: Allow) -> &'static str {
    match allow {
        Allow::School(_) => SCHOOL,
        Allow::CandidateSchool(_) => CANDIDATE_SCHOOL,
        Allow::CandidateSeat(_) => CANDIDATE_SEAT,
        Allow::CandidateCoach(_) => CANDIDATE_COACH,
        Allow::CoachSchool(_) => COACH_SCHOOL,
        Allow::CoachSeat(_) => "coach en plek (coach and seat group)",
        Allow::Placement(_) => WHOLE,
    }
}

fn term_kind(term: &Term) -> (&'static str, &'static str) {
    let terms::Kind::Placement { write, .. } = term.kind else {
        return ("plan", "coach en aantal (coach and number)");
    };
    let part = match write {
        Points::Candidate(_) => "kandidaat (candidate)",
        Points::School(_) => SCHOOL,
        Points::Coach(_) => "coach",
        Points::CandidateSchool(_) => CANDIDATE_SCHOOL,
        Points::CandidateSeat(_) => CANDIDATE_SEAT,
        Points::CandidateCoach(_) => CANDIDATE_COACH,
        Points::CoachSchool(_) => COACH_SCHOOL,
        Points::Placement(..) => WHOLE,
    };
    ("plaatsing (placement)", part)
}
