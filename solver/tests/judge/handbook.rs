//! The generated page of rules and terms.

use loket_solver::matching::judge::handbook::generated_docs;
use loket_solver::matching::judge::rules::RULES;
use loket_solver::matching::judge::terms::TERMS;

#[test]
fn the_page_has_one_line_for_every_rule_and_term() {
    let page = generated_docs();
    for rule in RULES {
        let line = format!("| `{}` | {} | ", rule.code, rule.says);
        assert!(page.contains(&line), "{line}");
    }
    for term in TERMS {
        let line = format!("| `{}` | {} | ", term.code.code(), term.says);
        assert!(page.contains(&line), "{line}");
    }
    let lines = page.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(lines.count(), RULES.len() + TERMS.len());
}
