//! The same in spawned groups: every member a task, the values shared between them.

mod cancel;
mod failures;
mod shapes;
mod tasks;
mod values;
