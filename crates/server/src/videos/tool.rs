//! Running ffmpeg and ffprobe within limits: of time, of memory, of what they may open. A file that makes them go
//! wrong ends them and nothing else.

use std::ffi::OsStr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::Command;

/// The shell sets the limits and then becomes the program: memory in kilobytes, seconds of processor time.
const LIMITED: &str = r#"ulimit -v "$1" && ulimit -t "$2" && shift 2 && exec nice -n 10 "$@""#;
/// What a program may say before it is not listened to any more.
const SAID_MOST: u64 = 256 * 1024;

/// What a program may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Kilobytes of memory.
    pub memory_kb: u64,
    /// Of the clock.
    pub time: Duration,
}

/// Why a program gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// It is not there, or cannot be started.
    #[error("{0} cannot be started: {1}; `cargo xtask setup` installs ffmpeg")]
    Missing(String, String),
    /// It took too long, or too much.
    #[error("{0} took too long")]
    TooHeavy(String),
    /// It could not do it; its last words.
    #[error("{0} failed: {1}")]
    Failed(String, String),
}

/// Runs a program; `told` hears every line that it writes. Answers all that it wrote.
pub async fn run<A: AsRef<OsStr>>(
    program: &str,
    args: impl IntoIterator<Item = A>,
    limits: Limits,
    mut told: impl FnMut(&str),
) -> Result<String, ToolError> {
    let name = || program.to_owned();
    let missing = |error: std::io::Error| ToolError::Missing(name(), error.to_string());
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(LIMITED)
        .arg("sh")
        .arg(limits.memory_kb.to_string())
        // Two threads may use two seconds of it in one.
        .arg((limits.time.as_secs().max(1) * 2).to_string())
        .arg(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(missing)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let listen = async {
        let mut all = String::new();
        if let Some(out) = out {
            let mut lines = BufReader::new(out.take(SAID_MOST)).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                told(&line);
                all.push_str(&line);
                all.push('\n');
            }
        }
        all
    };
    let complain = async {
        let mut words = Vec::new();
        if let Some(err) = err {
            // What it says beyond that is not needed; it must be read all the same, or the program waits.
            let mut err = err;
            let _ = (&mut err).take(SAID_MOST).read_to_end(&mut words).await;
            let _ = tokio::io::copy(&mut err, &mut tokio::io::sink()).await;
        }
        String::from_utf8_lossy(&words).into_owned()
    };
    let all = async { tokio::join!(listen, complain, child.wait()) };
    let Ok((said, complaint, status)) = tokio::time::timeout(limits.time, all).await else {
        // Dropped, the child is killed.
        return Err(ToolError::TooHeavy(name()));
    };
    let status = status.map_err(missing)?;
    match status.code() {
        Some(0) => Ok(said),
        Some(126 | 127) => Err(ToolError::Missing(name(), last_line(&complaint))),
        // Ended from outside: by its limit of processor time, or for want of memory.
        None => Err(ToolError::TooHeavy(name())),
        Some(_) if complaint.contains("Cannot allocate memory") => Err(ToolError::TooHeavy(name())),
        Some(_) => Err(ToolError::Failed(name(), last_line(&complaint))),
    }
}

fn last_line(words: &str) -> String {
    let line = words.lines().rev().find(|line| !line.trim().is_empty());
    line.unwrap_or("no words").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        memory_kb: 256 * 1024,
        time: Duration::from_secs(2),
    };

    #[tokio::test]
    async fn what_takes_too_long_is_ended() {
        let began = std::time::Instant::now();
        let limits = Limits {
            time: Duration::from_millis(300),
            ..SMALL
        };
        let ended = run("sleep", ["30"], limits, |_| {}).await.unwrap_err();
        assert!(matches!(ended, ToolError::TooHeavy(_)), "{ended}");
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    #[tokio::test]
    async fn what_takes_too_much_memory_is_refused_it() {
        let hungry = "head -c 800000000 /dev/zero | tail";
        let ended = run("sh", ["-c", hungry], SMALL, |_| {}).await;
        assert!(ended.is_err(), "{ended:?}");
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_named() {
        let ended = run("no-such-program-here", [""; 0], SMALL, |_| {}).await;
        let told = ended.unwrap_err().to_string();
        assert!(
            told.contains("no-such-program-here") && told.contains("setup"),
            "{told}"
        );
    }

    #[tokio::test]
    async fn every_line_is_heard() {
        let mut heard = Vec::new();
        let said = run("printf", ["a\\nb\\n"], SMALL, |line| {
            heard.push(line.to_owned())
        })
        .await;
        assert_eq!(
            (said.unwrap().as_str(), heard),
            ("a\nb\n", vec!["a".to_owned(), "b".to_owned()])
        );
    }
}
