//! What becomes of an error once it has been named: how its kind is found again.

use std::io;

use gather::{Exception, ExceptionKind, Member, gather};

use crate::failing::{Failure, typed, with_anyhow, with_eyre};

async fn slow() -> Result<u8, io::Error> {
    Err(io::ErrorKind::TimedOut.into())
}

#[tokio::test]
async fn before_the_question_mark() {
    let exception = gather! { a => slow()?; name_errors }.await.map(|r| r.a).unwrap_err();
    assert_eq!(exception.error().unwrap().kind(), io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn after_it_by_the_type_of_the_exception() {
    async fn both() -> anyhow::Result<u8> {
        let r = gather! { a => slow()?, b => slow()?; spawn }.await?;
        Ok(r.a + r.b)
    }
    let error = both().await.unwrap_err();
    let exception = error.downcast_ref::<Exception<io::Error>>().unwrap();
    assert_eq!(exception.error().unwrap().kind(), io::ErrorKind::TimedOut);
    assert!(
        error.downcast_ref::<io::Error>().is_none(),
        "the exception has its own text, so the error is not in the chain"
    );
}

#[tokio::test]
async fn what_lies_deeper_is_in_the_chain() {
    let error = anyhow::Error::from(gather! { a => with_anyhow()?; name_errors }.await.map(|r| r.a).unwrap_err());
    assert!(error.chain().any(|cause| cause.is::<Failure>()));
    assert!(error.chain().any(|cause| cause.is::<io::Error>()));
}

#[tokio::test]
async fn as_context_the_error_is_found_itself() {
    let name = |member: Member, error: anyhow::Error| error.context(format!("member `{member}` failed"));
    let exception = gather! { a => with_anyhow()?; spawn }.await.map(|r| r.a).unwrap_err();
    let error = exception.into_error_with(name).unwrap();
    assert_eq!(format!("{error:#}"), "member `a` failed: loading: reading: gone");
    assert!(error.downcast_ref::<Failure>().is_some());
    let exception = gather! { a => with_eyre()?; spawn }.await.map(|r| r.a).unwrap_err();
    let report =
        exception.into_error_with(|member, report| report.wrap_err(format!("member `{member}` failed"))).unwrap();
    assert_eq!(format!("{report:#}"), "member `a` failed: loading: reading: gone");
    assert!(report.downcast_ref::<Failure>().is_some());
}

#[tokio::test]
async fn other_exceptions_come_back() {
    let give = |member, error| (member, error);
    let (member, error) =
        gather! { a => typed()?; name_errors }.await.map(|r| r.a).unwrap_err().into_error_with(give).unwrap();
    assert_eq!(member, Member::named("a"));
    assert!(matches!(error, Failure::Read(_)));
    let cancelled: Exception<u8> = Exception::new(Member::named("a"), ExceptionKind::Cancelled);
    assert!(cancelled.into_error_with(|_, _| ()).unwrap_err().is_cancelled());
    let of_no_member = Exception::new(None, ExceptionKind::Error(1));
    assert_eq!(of_no_member.into_error_with(|_, _| ()).unwrap_err().into_error(), Ok(1));
    // It keeps its source.
    let mut nameless = Exception::from_error(Member::named("a"), crate::failing::failure());
    nameless.member = None;
    let same = nameless.into_error_with(|_, _| ()).unwrap_err();
    assert_eq!(format!("{same:#}"), "the group failed: reading: gone");
}
