//! The user's own programs: `exec:` sources, whose output is a document like one of the web, and filters, which a document
//! passes on its way to the parser. Run by the shell in a process group of their own, which ends as a whole when the
//! time is up, the output too long or nobody waits any more, and with the command itself: nothing of it stays.

use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use url::Url;

use super::client::Client;
use super::outcome::{Body, Failure, Outcome};
use crate::model::feed::{FailureKind, Validators};

/// What a program says on its error stream is told up to here.
const COMPLAINT: u64 = 4096;
/// So long what it has said last is waited for, once it has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

impl Client {
    /// What the command prints, within the limits of a fetch.
    pub async fn run(&self, command: &str) -> Outcome {
        let bytes = match self.output(command, Vec::new()).await {
            Ok(bytes) => bytes,
            Err(failure) => return Outcome::Failed(failure),
        };
        // A command is no place that links could be relative to.
        match Url::parse("exec:") {
            Ok(nowhere) => Outcome::Body(Body::local(bytes, nowhere, Validators::default())),
            Err(error) => Outcome::Failed(Failure::new(FailureKind::Command, &error.to_string())),
        }
    }

    /// The body as the command makes it of it. The digest stays that of what was fetched.
    pub async fn filter(&self, command: &str, body: Body) -> Result<Body, Failure> {
        let bytes = self.output(command, body.bytes).await?;
        // What the server said of the bytes is not true of these.
        Ok(Body { bytes, content_type: None, ..body })
    }

    /// What the command prints when it is given this on its input, within the limits of a fetch.
    pub async fn pipe(&self, command: &str, input: Vec<u8>) -> Result<Vec<u8>, Failure> {
        self.output(command, input).await
    }

    async fn output(&self, command: &str, input: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let settings = self.settings();
        tokio::time::timeout(settings.deadline, output(command, input, settings.max_body)).await.unwrap_or_else(|_| {
            let within = settings.deadline.as_secs_f64();
            Err(Failure::new(FailureKind::Command, &format!("the command did not end within {within} s")))
        })
    }
}

async fn output(command: &str, input: Vec<u8>, limit: usize) -> Result<Vec<u8>, Failure> {
    let fail = |detail: &str| Failure::new(FailureKind::Command, detail);
    let broken = |error: std::io::Error| fail(&format!("the command could not be run: {error}"));
    let mut group = Group::start(command).map_err(broken)?;
    let (stdin, stdout, stderr) = (group.child.stdin.take(), group.child.stdout.take(), group.child.stderr.take());
    let write = async {
        if let Some(mut stdin) = stdin {
            // A program need not read all that it is given.
            let _ = stdin.write_all(&input).await;
        }
        Ok(())
    };
    let mut complaint = Vec::new();
    let work = async {
        let read = async {
            let bytes = whole(stdout, limit).await.map_err(broken)?;
            if bytes.len() > limit {
                return Err(Failure::new(FailureKind::TooLarge, &format!("larger than the limit of {limit} bytes")));
            }
            Ok(bytes)
        };
        let end = async { group.ended().await.map_err(broken) };
        // Too much is a reason not to wait for the end.
        tokio::try_join!(read, end, write)
    };
    let (bytes, status, ()) = {
        let listening = pin!(listen(stderr, &mut complaint));
        match select(pin!(work), listening).await {
            Either::Left((Ok(done), listening)) if !done.1.success() => {
                // All that it has complained of is there by now, whoever else holds its error stream.
                let _ = tokio::time::timeout(LAST_WORDS, listening).await;
                done
            }
            Either::Left((done, _)) => done?,
            Either::Right(((), work)) => work.await?,
        }
    };
    if status.success() { Ok(bytes) } else { Err(fail(&told(status, &String::from_utf8_lossy(&complaint)))) }
}

/// Up to a byte more than the limit.
async fn whole(output: Option<impl AsyncRead + Unpin>, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(output) = output {
        output.take(limit as u64 + 1).read_to_end(&mut bytes).await?;
    }
    Ok(bytes)
}

/// Keeps the beginning of what is written there. The rest is read as well, so that the writer need not wait.
async fn listen(output: Option<impl AsyncRead + Unpin>, beginning: &mut Vec<u8>) {
    if let Some(mut output) = output {
        let _ = (&mut output).take(COMPLAINT).read_to_end(beginning).await;
        let _ = tokio::io::copy(&mut output, &mut tokio::io::sink()).await;
    }
}

fn told(status: ExitStatus, complaint: &str) -> String {
    let how =
        status.code().map_or_else(|| "was ended by a signal".to_owned(), |code| format!("ended with status {code}"));
    match complaint.lines().rfind(|line| !line.trim().is_empty()) {
        Some(line) => format!("the command {how}: {}", line.trim()),
        None => format!("the command {how}"),
    }
}

/// A command and all that it starts.
struct Group {
    child: Child,
    #[cfg(unix)]
    id: Option<rustix::process::Pid>,
}

impl Group {
    fn start(command: &str) -> std::io::Result<Self> {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(command).kill_on_drop(true);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        shell.process_group(0);
        let child = shell.spawn()?;
        Ok(Self {
            #[cfg(unix)]
            id: child.id().and_then(|id| rustix::process::Pid::from_raw(id.cast_signed())),
            child,
        })
    }
}

impl Group {
    /// Waits for the command alone: what it has left behind would keep its output open, and ends with it.
    async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        let status = self.child.wait().await;
        self.end();
        status
    }

    fn end(&mut self) {
        // What the command has left behind keeps the group's id from being another's. Where nothing is left, that id was
        // free for no longer than this takes, and systems give ids out in turn.
        #[cfg(unix)]
        if let Some(group) = self.id.take() {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}
