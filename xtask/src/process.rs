//! Running other programs, and telling in a sentence when one cannot be run or fails.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use wait_timeout::ChildExt;

/// How many of a failed program's last lines are shown.
const TAIL_LINES: usize = 40;

/// One program to run, with the words that name it in messages.
#[derive(Debug)]
pub struct Run {
    command: Command,
    program: String,
    limit: Option<Duration>,
}

impl Run {
    /// Prepares `program`; it gets no standard input.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program.as_ref());
        command.stdin(Stdio::null());
        Self {
            command,
            program: program.as_ref().to_string_lossy().into_owned(),
            limit: None,
        }
    }

    /// Adds one argument.
    #[must_use]
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets one environment variable.
    #[must_use]
    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// Sets environment variables.
    #[must_use]
    pub fn envs<K: AsRef<OsStr>, V: AsRef<OsStr>>(
        mut self,
        vars: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.command.envs(vars);
        self
    }

    /// Takes an environment variable away.
    #[must_use]
    pub fn without_env(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    /// Runs in `dir`.
    #[must_use]
    pub fn dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Lets the program ask the person at the terminal (sudo's password).
    #[must_use]
    pub fn with_stdin(mut self) -> Self {
        self.command.stdin(Stdio::inherit());
        self
    }

    /// Ends the program when it takes longer than `limit`.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Runs with its output on ours.
    ///
    /// # Errors
    /// When the program is missing, fails or runs out of its time.
    pub fn visibly(mut self) -> Result<()> {
        let status = self.wait()?;
        self.check(status)
    }

    /// Runs with all output in the file `log`; a failure shows its end.
    ///
    /// # Errors
    /// As [`Run::visibly`], and when the log cannot be written.
    pub fn logged(mut self, log: &Path) -> Result<()> {
        let status = self.wait_logged(log)?;
        self.check(status).with_context(|| {
            let text = fs::read_to_string(log).unwrap_or_default();
            format!("{}\n(the whole log: {})", tail(&text), log.display())
        })
    }

    /// Runs with all output in the file `log` and gives back how it ended.
    ///
    /// # Errors
    /// When the program is missing or the log cannot be written.
    pub fn status_logged(mut self, log: &Path) -> Result<ExitStatus> {
        self.wait_logged(log)
    }

    /// Runs and gives back what it printed, without surrounding white space.
    ///
    /// # Errors
    /// When the program is missing or fails.
    pub fn read(mut self) -> Result<String> {
        let output = self.command.output().with_context(|| self.not_started())?;
        self.check(output.status)
            .with_context(|| tail(&String::from_utf8_lossy(&output.stderr)))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Starts the program in the background with its output in the file `log`.
    ///
    /// # Errors
    /// When the program is missing or the log cannot be written.
    pub fn spawn_logged(mut self, log: &Path) -> Result<Child> {
        let (out, err) = log_files(log)?;
        self.command.stdout(out).stderr(err);
        self.command.spawn().with_context(|| self.not_started())
    }

    fn wait_logged(&mut self, log: &Path) -> Result<ExitStatus> {
        let (out, err) = log_files(log)?;
        self.command.stdout(out).stderr(err);
        self.wait()
    }

    fn wait(&mut self) -> Result<ExitStatus> {
        let mut child = self.command.spawn().with_context(|| self.not_started())?;
        let Some(limit) = self.limit else {
            return Ok(child.wait()?);
        };
        if let Some(status) = child.wait_timeout(limit)? {
            return Ok(status);
        }
        child.kill()?;
        child.wait()?;
        bail!("`{self}` was stopped: no end after {} s", limit.as_secs());
    }

    fn check(&self, status: ExitStatus) -> Result<()> {
        match status.code() {
            Some(0) => Ok(()),
            Some(code) => bail!("`{self}` failed with exit code {code}"),
            None => bail!("`{self}` was ended by a signal"),
        }
    }

    fn not_started(&self) -> String {
        format!("`{}` could not be started", self.program)
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.program)?;
        for arg in self.command.get_args() {
            write!(f, " {}", arg.to_string_lossy())?;
        }
        Ok(())
    }
}

/// The path of a program on this process's `PATH`.
pub fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

/// The end of a log, short enough to stand in a message.
pub fn tail(text: &str) -> String {
    last_lines(text, TAIL_LINES)
}

/// The last `count` lines of a log.
pub fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let skipped = lines.len().saturating_sub(count);
    lines
        .into_iter()
        .skip(skipped)
        .collect::<Vec<_>>()
        .join("\n")
}

fn log_files(log: &Path) -> Result<(File, File)> {
    if let Some(dir) = log.parent() {
        fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
    }
    let out = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let err = out.try_clone()?;
    Ok((out, err))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = Run::new("no-such-program-here").visibly().unwrap_err();
        assert!(format!("{error:#}").contains("`no-such-program-here` could not be started"));
    }

    #[test]
    fn a_failure_tells_the_command_and_its_code() {
        let error = Run::new("sh").args(["-c", "exit 3"]).visibly().unwrap_err();
        assert_eq!(error.to_string(), "`sh -c exit 3` failed with exit code 3");
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let error = Run::new("sleep")
            .arg("60")
            .within(Duration::from_millis(50))
            .visibly()
            .unwrap_err();
        assert!(error.to_string().contains("was stopped"));
    }

    #[test]
    fn tail_keeps_the_end() {
        let text: String = (0..100).map(|n| format!("{n}\n")).collect();
        assert!(tail(&text).starts_with("60\n"));
        assert!(tail(&text).ends_with("\n99"));
    }
}
