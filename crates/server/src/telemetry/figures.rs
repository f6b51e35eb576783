//! Figures for Prometheus: how many answers of which route and status, and how long they took.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

/// Answers given, by method, route and status.
const ANSWERS: &str = "jishi_http_answers_total";
/// Seconds until the answer began.
const SECONDS: &str = "jishi_http_answer_seconds";

const BUCKETS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// How often samples are put into their buckets, so that they do not pile up where nobody asks for them.
const TIDY_EVERY: Duration = Duration::from_secs(5);

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// The process's recorder; one for all, because the figures are the process's.
fn handle() -> Option<&'static PrometheusHandle> {
    let install = || {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(SECONDS.to_owned()), BUCKETS)
            .ok()?;
        builder.install_recorder().ok()
    };
    HANDLE.get_or_init(install).as_ref()
}

/// Counts one answer.
pub(super) fn count(method: &str, route: &str, status: u16, took: Duration) {
    if handle().is_none() {
        return;
    }
    let labels = [("method", method.to_owned()), ("route", route.to_owned())];
    metrics::histogram!(SECONDS, &labels).record(took.as_secs_f64());
    let [method, route] = labels;
    let labels = [method, route, ("status", status.to_string())];
    metrics::counter!(ANSWERS, &labels).increment(1);
}

/// All figures in Prometheus' text format.
pub fn render() -> String {
    handle().map(PrometheusHandle::render).unwrap_or_default()
}

/// Keeps the figures tidy until told to stop.
pub async fn upkeep(stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TIDY_EVERY) => {}
        }
        if let Some(handle) = handle() {
            handle.run_upkeep();
        }
    }
}
