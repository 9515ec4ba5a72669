//! A deadline, those that it leaves behind, and wakers that panic.

use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use super::{Alarm, Log, group};
use crate::policy::StopReason;
use crate::spawn::abort::Abortable;
use crate::spawn::state::GroupState;

/// What is told to stop by a deadline, and how.
struct Prompt(Log);

impl Abortable for Prompt {
    fn abort(&self) {
        self.0.0.lock().unwrap().push(1);
    }
    fn abort_promptly(&self) {
        self.0.0.lock().unwrap().push(2);
    }
}

#[test]
fn one_that_lingers_is_waited_for_by_those_who_ask_for_it() {
    let state = GroupState::<u32, &'static str, Prompt>::new(|| "cancelled");
    let log = Log::default();
    let task = state.add_task();
    state.register(task, Prompt(log.clone()));
    assert!(!state.release(None));
    state.deadline_passed(StopReason::TimedOut);
    assert_eq!(log.take(), [2]);
    state.register(state.add_task(), Prompt(log.clone()));
    assert_eq!(log.take(), [2], "one that starts late is told in the same way");
    state.linger();
    assert!(!state.release(Some(task)));
    assert!(state.release(Some(task + 1)));
    state.settle(Ok(1));

    let alarm = Arc::<Alarm>::default();
    let waker = Waker::from(Arc::clone(&alarm));
    let mut cx = Context::from_waker(&waker);
    let (mut owner, mut observer) = (None, None);
    assert!(state.poll_owned(&mut cx, &mut owner).is_ready());
    assert!(state.poll_finished(&mut cx, &mut observer).is_pending());
    assert!(state.cancel(), "it is still there");
    state.lingers_no_more();
    assert_eq!(alarm.count(), 1);
    assert!(state.poll_finished(&mut cx, &mut observer).is_ready());
    assert!(!state.cancel());
    assert_eq!(log.take(), [], "it was told before");
}

#[test]
fn a_deadline_that_fails_is_the_outcome_and_ends_members() {
    let (state, [a, b], log) = group();
    state.deadline_failed(Err("until"));
    assert!(state.is_done() && !state.is_cancelled());
    assert_eq!(log.take(), [a, b]);
    assert!(!state.release(Some(a)));
    assert!(!state.release(Some(b)));
    assert_eq!(state.take(None), Some(Err("until")));

    let (state, [a], log) = group();
    assert!(state.release(Some(a)));
    state.settle(Ok(1));
    state.deadline_failed(Err("too late"));
    assert_eq!(state.take(None), Some(Ok(1)));
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
    let (state, [a], _) = group();
    let alarm = Arc::<Alarm>::default();
    let wakers = [Waker::from(Arc::new(Loud)), Waker::from(Arc::clone(&alarm))];
    let mut keys = [None, None];
    for (waker, key) in wakers.iter().zip(&mut keys) {
        assert!(state.poll_announced(&mut Context::from_waker(waker), key).is_pending());
    }
    assert!(state.release(Some(a)));
    state.settle(Ok(1));
    assert_eq!(alarm.count(), 1);
}
