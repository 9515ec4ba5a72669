//! Groups whose members are polled inside the awaiting task.

mod cancellation;
mod failures;
mod members;
mod neighbours;
mod results;
