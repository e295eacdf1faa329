//! The program: reads the arguments, starts the log, runs, and says in its exit code how that went.

use std::process::ExitCode;

use kabar::cli::{self, Action, Args, Interface};
use kabar::tui;
use tokio::runtime::Builder;

fn main() -> ExitCode {
    let code = Args::read().map_or_else(
        |code| code,
        |args| {
            args.start_log();
            start(args).map_or_else(|error| cli::report(error.as_ref()), |()| 0)
        },
    );
    ExitCode::from(code)
}

fn start(args: Args) -> anyhow::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let runtime = Builder::new_multi_thread().worker_threads(cores.min(4)).enable_all().build()?;
    let result = runtime.block_on(async {
        match Box::pin(cli::run(args)).await? {
            Action::Done => Ok(()),
            Action::Interface(interface) => open(interface).await,
        }
    });
    // A renderer that hangs on hostile input must not keep the program alive.
    runtime.shutdown_background();
    result
}

async fn open(Interface { engine, ascii, demo }: Interface) -> anyhow::Result<()> {
    Ok(tui::run(engine, tui::Options { ascii, demo }).await?)
}
