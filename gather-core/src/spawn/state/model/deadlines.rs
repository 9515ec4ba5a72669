//! Deadlines, and what they leave behind.

use std::future::poll_fn;
use std::sync::Arc;

use loom::future::block_on;
use loom::thread;

use super::{ModelState, count, group, leave, on_done, outcome, own};
use crate::policy::StopReason;
use crate::sync::model;

#[test]
fn the_deadline_against_the_last_to_leave() {
    model(|| {
        let (state, [(number, task)]) = group();
        let [member, clock] = [(); 2].map(|()| Arc::clone(&state));
        let member = thread::spawn(move || leave(&member, number));
        let clock = thread::spawn(move || clock.deadline_passed(StopReason::TimedOut));
        let mut key = None;
        block_on(poll_fn(|cx| state.poll_finished(cx, &mut key)));
        member.join().unwrap();
        clock.join().unwrap();
        assert_eq!(task.told(), usize::from(state.stopping().is_some()));
        assert_eq!(outcome(&state), Some(Ok(1)));
    });
}

#[test]
fn a_deadline_that_fails_against_the_last_to_leave() {
    model(|| {
        let (state, [(number, task)]) = group();
        let calls = on_done(&state);
        let [member, deadline] = [(); 2].map(|()| Arc::clone(&state));
        let member = thread::spawn(move || leave(&member, number));
        let deadline = thread::spawn(move || deadline.deadline_failed(Err("until")));
        let outcome = own(&state).unwrap();
        assert!(matches!(outcome, Ok(1) | Err("until")));
        member.join().unwrap();
        deadline.join().unwrap();
        assert!(task.told() <= 1);
        assert_eq!(count(&calls), 1);
    });
}

#[test]
fn the_deadline_of_a_failed_group_against_the_last_to_leave() {
    let ends: [fn(&ModelState); 2] =
        [|state| state.deadline_passed(StopReason::TimedOut), |state| state.deadline_failed(Err("until"))];
    for end in ends {
        model(move || {
            let (state, [(first, _), (number, task)]) = group();
            state.settle(Err("a"));
            assert!(!state.release(Some(first)));
            let [member, deadline] = [(); 2].map(|()| Arc::clone(&state));
            let member = thread::spawn(move || leave(&member, number));
            let deadline = thread::spawn(move || end(&deadline));
            let mut key = None;
            block_on(poll_fn(|cx| state.poll_ended(cx, &mut key)));
            member.join().unwrap();
            deadline.join().unwrap();
            assert!(task.told() <= 1);
            assert_eq!(outcome(&state), Some(Err("a")));
        });
    }
}

#[test]
fn one_that_lingers_against_who_waits_for_it() {
    model(|| {
        let (state, [(number, task)]) = group();
        let [member, rest] = [(); 2].map(|()| Arc::clone(&state));
        let member = thread::spawn(move || {
            task.run();
            member.linger();
            leave(&member, number);
            thread::spawn(move || rest.lingers_no_more())
        });
        state.deadline_passed(StopReason::TimedOut);
        let mut key = None;
        block_on(poll_fn(|cx| state.poll_finished(cx, &mut key)));
        assert!(!state.cancel());
        member.join().unwrap().join().unwrap();
        assert_eq!(outcome(&state), Some(Ok(1)));
    });
}
