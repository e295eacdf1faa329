//! Asking a host in the manner it wants: not before the time it named, nor oftener a day than the settings allow, whoever
//! asks. The store keeps both, so that a restart, another process or a new feed of the host does not ask sooner.

use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt as _;
use jiff::Timestamp;
use url::Url;

use super::{Engine, EngineError};
use crate::model::feed::{FailureKind, FetchError, Validators};
use crate::model::manners::Manners;
use crate::model::schedule::{Why, held_until, tomorrow};
use crate::net::{self, Failure, Outcome, Pass, Reach, Wait};
use crate::platform::clock;

/// The host is not asked before that time: it named it, it refused and rests, or it has been asked often enough today.
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
            _ => format!("{host} refused further requests; it is left alone until {until}"),
        };
        FetchError { kind: FailureKind::Throttled, detail }
    }
}

impl Engine {
    /// Fetches with leave to ask the host of `url`, unless the host wants to be left alone.
    pub(super) async fn ask(
        &self,
        pass: &Pass,
        reach: Reach,
        url: &Url,
        validators: &Validators,
    ) -> Result<Result<Outcome, Held>, EngineError> {
        self.ask_as(pass, &Manners::default(), reach, url, validators).await
    }

    /// The same with what the user has set for this one.
    pub(super) async fn ask_as(
        &self,
        pass: &Pass,
        manners: &Manners,
        reach: Reach,
        url: &Url,
        validators: &Validators,
    ) -> Result<Result<Outcome, Held>, EngineError> {
        self.recall_holds().await?;
        self.ask_now(pass, manners, reach, url, validators).await
    }

    /// The same for one of many: the holds were recalled before.
    pub(super) async fn ask_now(
        &self,
        pass: &Pass,
        manners: &Manners,
        reach: Reach,
        url: &Url,
        validators: &Validators,
    ) -> Result<Result<Outcome, Held>, EngineError> {
        let host = net::host(url);
        if let Some(until) = self.inner.gate.held_until(&host, self.now()) {
            return Ok(Err(Held { host, until, why: Why::Held }));
        }
        let now = self.now();
        if !self.spend(&host) {
            return Ok(Err(Held { host, until: tomorrow(now), why: Why::Budget }));
        }
        let spent = Mutex::new(vec![host.clone()]);
        // Asked before each redirect is followed: that is a request to its host like any other.
        let spent_on = &spent;
        let leave = |url: &Url| {
            let host = net::host(url);
            let leave = async move {
                pass.go_on_to(&host).await;
                let now = self.now();
                if let Some(until) = self.inner.gate.held_until(&host, now) {
                    return Some((until, Why::Held));
                }
                if !self.spend(&host) {
                    return Some((tomorrow(now), Why::Budget));
                }
                spent_on.lock().unwrap_or_else(PoisonError::into_inner).push(host);
                None
            };
            leave.boxed()
        };
        let mut outcome = self.inner.client.fetch_as(manners, reach, url, validators, &leave).await;
        if self.inner.config.poll.host_budget > 0 {
            let spent = spent.into_inner().unwrap_or_else(PoisonError::into_inner);
            for host in spent.into_iter().filter(|host| !host.is_empty()) {
                self.store().spend(host, now).await?;
            }
        }
        match &mut outcome {
            Outcome::Failed(failure) => self.mind(failure).await?,
            Outcome::Body(body) => {
                let other = Some(net::host(&body.final_url)).filter(|other| *other != host);
                for host in other.into_iter().chain([host]) {
                    self.recover(host).await?;
                }
            }
            Outcome::NotModified(_) => self.recover(host).await?,
        }
        Ok(Ok(outcome))
    }

    /// Counts a request to a host; false where its day's budget does not allow it.
    fn spend(&self, host: &str) -> bool {
        let budget = self.inner.config.poll.host_budget;
        budget == 0 || host.is_empty() || self.inner.gate.spend(host, budget)
    }

    /// A host that refused because it is asked too much rests: until the time that it names, or for a while that grows.
    async fn mind(&self, failure: &mut Failure) -> Result<(), EngineError> {
        let Some(host) = failure.host.as_ref().filter(|_| failure.error.kind == FailureKind::Throttled) else {
            return Ok(());
        };
        let now = self.now();
        // A time that is over is none.
        let named = failure.retry_after.map(|wait| wait.until(now)).filter(|until| *until > now);
        let until = match named {
            Some(named) => {
                let until = held_until(now, named);
                self.store().hold(host.clone(), now, until).await?;
                until
            }
            // Without one, 503 says no more than 500 does.
            None if failure.status == Some(503) => {
                failure.error.kind = FailureKind::Http;
                failure.retry_after = None;
                return Ok(());
            }
            None => self.store().rest(host.clone(), now).await?,
        };
        self.inner.gate.hold(host, until);
        failure.retry_after = Some(Wait::At(until));
        Ok(())
    }

    /// Something has come from a host: had it asked to be left alone, that is over.
    async fn recover(&self, host: String) -> Result<(), EngineError> {
        let now = self.now();
        if self.inner.gate.recover(&host, now) {
            self.store().rested(host, now).await?;
        }
        Ok(())
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
