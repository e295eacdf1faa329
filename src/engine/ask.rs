//! Asking a host in the manner it wants: not before the time it named, nor oftener a day than the settings allow, whoever
//! asks. The store keeps both, so that a restart, another process or a new feed of the host does not ask sooner.

use jiff::Timestamp;
use url::Url;

use super::{Engine, EngineError};
use crate::model::feed::{FailureKind, FetchError, Validators};
use crate::model::manners::Manners;
use crate::model::schedule::{Why, held_until, tomorrow};
use crate::net::{self, Outcome, Reach};
use crate::platform::clock;

/// The host is not asked before that time: it named it, or it has been asked often enough today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    host: String,
    pub(super) until: Timestamp,
    pub(super) why: Why,
}

impl Held {
    pub(super) fn error(&self) -> FetchError {
        let until = self.until.to_zoned(clock::zone()).strftime("%Y-%m-%d %H:%M");
        let host = &self.host;
        let detail = match self.why {
            Why::Budget => format!("{host} has been asked as often today as the settings allow; again from {until}"),
            _ => format!("{host} asked to be left alone until {until}"),
        };
        FetchError { kind: FailureKind::Throttled, detail }
    }
}

impl Engine {
    /// Fetches, unless the host wants to be left alone.
    pub(super) async fn ask(
        &self,
        reach: Reach,
        url: &Url,
        validators: &Validators,
    ) -> Result<Result<Outcome, Held>, EngineError> {
        self.ask_as(&Manners::default(), reach, url, validators).await
    }

    /// The same with what the user has set for this one.
    pub(super) async fn ask_as(
        &self,
        manners: &Manners,
        reach: Reach,
        url: &Url,
        validators: &Validators,
    ) -> Result<Result<Outcome, Held>, EngineError> {
        self.recall_holds().await?;
        self.ask_now(manners, reach, url, validators).await
    }

    /// The same for one of many: the holds were recalled before.
    pub(super) async fn ask_now(
        &self,
        manners: &Manners,
        reach: Reach,
        url: &Url,
        validators: &Validators,
    ) -> Result<Result<Outcome, Held>, EngineError> {
        let host = net::host(url);
        if let Some(until) = self.inner.gate.held_until(&host, self.now()) {
            return Ok(Err(Held { host, until, why: Why::Held }));
        }
        let budget = self.inner.config.poll.host_budget;
        if budget > 0 && !host.is_empty() {
            let now = self.now();
            if !self.inner.gate.spend(&host, budget) {
                return Ok(Err(Held { host, until: tomorrow(now), why: Why::Budget }));
            }
            self.store().spend(host, now).await?;
        }
        let held = |url: &Url| self.inner.gate.held_until(&net::host(url), self.now());
        let outcome = self.inner.client.fetch_as(manners, reach, url, validators, &held).await;
        if let Outcome::Failed(failure) = &outcome
            && let (Some(host), Some(wait)) = (&failure.host, failure.retry_after)
            && failure.error.kind == FailureKind::Throttled
        {
            let now = self.now();
            let until = held_until(now, wait.until(now));
            self.store().hold(host.clone(), now, until).await?;
            self.inner.gate.hold(host, until);
        }
        Ok(Ok(outcome))
    }

    /// Learns of what other processes have met with, and of a clock that was set back.
    pub(super) async fn recall_holds(&self) -> Result<(), EngineError> {
        let now = self.now();
        if self.store().is_ahead_of(now).await? {
            self.store().mend_times(now).await?;
        }
        self.inner.gate.recall(self.store().holds(now).await?);
        if self.inner.config.poll.host_budget > 0 {
            let spent = self.store().spent(now).await?;
            self.inner.gate.recall_spent(now.as_second() / 86_400, spent);
        }
        Ok(())
    }
}
