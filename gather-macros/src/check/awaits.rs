//! `.await` at the end of a value, which the group awaits itself.

use crate::ast::{Member, State};
use crate::errors::Errors;

const IN_VALUE: &str =
    "this waits for the member before the group starts: remove `.await`, the group awaits its members";
const IN_BODY: &str = "`.await` cannot stand in the body of a plain dependant: remove it, the group awaits its members, or write `async |..| { .. }`";

/// Reports each, and takes it off.
pub(super) fn members(members: &mut [Member], errors: &mut Errors) {
    for member in members {
        let message = match &member.needs {
            // A list may well come out of a future.
            _ if member.star.is_some() || member.state == State::Hidden => continue,
            Some(needs) if needs.asyncness.is_some() => continue,
            Some(_) => IN_BODY,
            None => IN_VALUE,
        };
        if let Some(span) = member.value.take_awaits() {
            errors.at(span, message);
        }
    }
}
