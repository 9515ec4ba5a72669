//! Groups in workflows of Temporal. There is nothing to add to `gather!`; the tests show what is right.
