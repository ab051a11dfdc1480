//! Nobody's name where it does not belong: a whole story by the program itself, after which its log, its figures, its queue, its messages and
//! what the solver's child was given are searched.

use reqwest::Method;

use super::story::{NAMES, NOTE, Place};
use crate::http::process::Process;
use crate::http::service::{TOKEN, folder};
use crate::support::kept_in;
use loket_service::store::Clock;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_name_is_in_logs_addresses_figures_or_queues_after_a_whole_story() {
    let data = folder("canary-story");
    let process = Process::start(&data);
    let store = kept_in(&data.join("loket.sqlite"), Clock::default()).await;
    let place = Place { base: process.url.clone(), store: store.clone(), token: TOKEN.into(), desk: None };
    let story = place.told().await;
    let mut told: Vec<(String, String)> = Vec::new();
    // Refusals, with whatever stands in them, for ids that are there and are not.
    for (role, token, _) in &story.tokens {
        for path in ["/lichtingen/w-open", "/kandidaten/zij-mus-2", "/coaches/coach-uil/kandidaten", "/besturen/bestuur-uil/voorstellen"] {
            let heard = place.send(token, Method::GET, path, None, None).await;
            if heard.status >= 400 {
                told.push((format!("{role:?} {path}"), heard.body.to_string()));
            }
        }
    }
    assert!(told.len() >= 12, "{} refusals", told.len());
    let figures = process.client.get(format!("{}/metrics", process.url)).send().await.expect("an answer").text().await.expect("text");
    assert!(figures.contains("loket_aanvragen_totaal"), "{figures}");
    told.push(("figures".into(), figures));
    // The queue: what was asked, what was said of it, and everything that the child was given and gave.
    let mut jobs = 0;
    for wave in ["w-vast", "w-open", "w-uil"] {
        let mut reading = store.read();
        for run in reading.runs(wave, 0, 100).await.expect("runs").0 {
            let id = run.job.id.clone();
            told.push((format!("job {id}"), format!("{:?}", run.job)));
            let bytes = reading.input(&run.input).await.expect("a file").expect("bytes");
            told.push((format!("file of {id}"), String::from_utf8_lossy(&bytes).into_owned()));
            let result = reading.result(&id).await.expect("a result").unwrap_or_default();
            told.push((format!("outcome of {id}"), String::from_utf8_lossy(&result).into_owned()));
            for happening in reading.happenings(&id, 0, 1_000).await.expect("what happened") {
                told.push((format!("event of {id}"), happening.data.to_string()));
            }
            jobs += 1;
        }
    }
    assert!(jobs >= 5, "{jobs} jobs");
    for half in [&story.own, &story.foreign] {
        let question = store.read().job(half.id("vraag").expect("a question")).await.expect("jobs").expect("a job");
        told.push(("question".into(), format!("{question:?}")));
    }
    let lines = store.read().log_lines(0, 100_000).await.expect("the log");
    assert!(lines.len() > 30, "{} lines", lines.len());
    told.extend(lines.into_iter().map(|it| (format!("line {}", it.number), format!("{it:?}"))));
    store.close().await;
    assert!(process.terminate().0.success());
    let log = std::fs::read_to_string(data.join("log.txt")).expect("a log");
    assert!(log.lines().filter(|line| line.contains("aanvraag")).count() >= 40, "{log}");
    told.push(("the program's log".into(), log));
    let mut searched = 0;
    for (place, text) in &told {
        searched += text.len();
        for canary in NAMES.iter().filter(|it| it.0.starts_with("zij-") || it.0.starts_with("coach-")).map(|it| it.1).chain([NOTE, TOKEN]) {
            assert!(!text.contains(canary), "{place} holds {canary}: {text}");
        }
        for (_, token, _) in &story.tokens {
            assert!(!text.contains(token.as_str()), "{place} holds a token");
        }
    }
    println!("{} texts of {searched} bytes searched: 0 hits", told.len());
}
