//! A deadline, those that it leaves behind, and wakers that panic.

use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use super::{Alarm, Log, group};
use crate::policy::StopReason;
use crate::spawn::state::{Core, Stopper};

/// What is told to stop by a deadline, and how.
struct Prompt(Log);

impl Stopper for Prompt {
    fn stop(&self) {
        self.0.0.lock().unwrap().push(1);
    }
    fn stop_promptly(&self) {
        self.0.0.lock().unwrap().push(2);
    }
}

#[test]
fn one_that_lingers_is_waited_for_by_those_who_ask_for_it() {
    let core = Core::<u32, &'static str, Prompt>::new(|| "cancelled");
    let log = Log::default();
    let seat = core.enter();
    core.register(seat, Prompt(log.clone()));
    assert!(!core.leave(None));
    core.stop(StopReason::TimedOut);
    assert_eq!(log.take(), [2]);
    core.register(core.enter(), Prompt(log.clone()));
    assert_eq!(log.take(), [2], "one that starts late is told in the same way");
    core.linger();
    assert!(!core.leave(Some(seat)));
    assert!(core.leave(Some(seat + 1)));
    core.settle(Ok(1));

    let alarm = Arc::<Alarm>::default();
    let waker = Waker::from(Arc::clone(&alarm));
    let mut cx = Context::from_waker(&waker);
    let (mut owner, mut observer) = (None, None);
    assert!(core.poll_owned(&mut cx, &mut owner).is_ready());
    assert!(core.poll_finished(&mut cx, &mut observer).is_pending());
    assert!(core.cancel(), "it is still there");
    core.lingers_no_more();
    assert_eq!(alarm.count(), 1);
    assert!(core.poll_finished(&mut cx, &mut observer).is_ready());
    assert!(!core.cancel());
    assert_eq!(log.take(), [], "it was told before");
}

#[test]
fn a_deadline_that_fails_is_the_outcome_and_ends_members() {
    let (core, [a, b], log) = group();
    core.fail(Err("until"));
    assert!(core.is_done() && !core.is_cancelled());
    assert_eq!(log.take(), [a, b]);
    assert!(!core.leave(Some(a)));
    assert!(!core.leave(Some(b)));
    assert_eq!(core.take(None), Some(Err("until")));

    let (core, [a], log) = group();
    assert!(core.leave(Some(a)));
    core.settle(Ok(1));
    core.fail(Err("too late"));
    assert_eq!(core.take(None), Some(Ok(1)));
    assert_eq!(log.take(), []);
}

#[test]
fn a_waker_that_panics_keeps_nobody_asleep() {
    struct Loud;
    impl Wake for Loud {
        fn wake(self: Arc<Self>) {
            std::panic::resume_unwind(Box::new("planned"));
        }
    }
    let (core, [a], _) = group();
    let alarm = Arc::<Alarm>::default();
    let wakers = [Waker::from(Arc::new(Loud)), Waker::from(Arc::clone(&alarm))];
    let mut keys = [None, None];
    for (waker, key) in wakers.iter().zip(&mut keys) {
        assert!(core.poll_announced(&mut Context::from_waker(waker), key).is_pending());
    }
    assert!(core.leave(Some(a)));
    core.settle(Ok(1));
    assert_eq!(alarm.count(), 1);
}
