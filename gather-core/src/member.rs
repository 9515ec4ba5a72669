//! Which member of a group something happened to.

use alloc::boxed::Box;
use alloc::format;
use core::fmt;
use core::num::NonZero;

/// Names one member of a group: a field, a position in a tuple, or an item of a list.
///
/// Displays as it is written: `user` for a named member, `#0` for a position in a tuple, `pages[17]` for an item of
/// the list `pages`, `#2[17]` for an item of a list in a tuple, and `#17` where the list is the whole group. An item that has a key
/// shows it instead of the index: `pages["b"]`, `#2["b"]`, and `["b"]` where the list is the whole group. A member whose
/// result is dropped is called `_`. Positions and items are counted from 0.
///
/// Two are equal where name (or position, where they have none), index and key are. So one that is made by hand, for a test of
/// code that takes exceptions, equals the one that a group gives.
///
/// # Examples
///
/// ```
/// use gather::{Member, gather};
///
/// async fn load(page: u32) -> Result<u32, &'static str> {
///     if page == 3 { Err("no such page") } else { Ok(page) }
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let group = gather! { index => load(0)?, pages => *(1..9).map(load)?; name_errors };
/// let exception = group.await.map(|r| (r.index, r.pages)).unwrap_err();
/// let member = exception.member.unwrap();
/// assert_eq!(member.to_string(), "pages[2]");
/// assert_eq!((member.name(), member.index()), (Some("pages"), Some(2)));
/// assert_eq!(member, Member::item("pages", 2));
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Member {
    called: Called,
    item: Item,
    /// The `Debug` text of the item's key. Few members have one, and every exception has room for a member: so the room is one word.
    key: Option<Box<Box<str>>>,
}

/// The number of an item in its list, in one word: two more than the number, or 1. An item of a list that is the whole group is called by
/// that number instead.
///
/// It is never 0, so that an `Option<Member>` is no larger than a member. No list is so long that a number does not fit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Item(NonZero<usize>);

impl Item {
    const NONE: Self = Self(NonZero::<usize>::MIN);

    const fn number(index: usize) -> Self {
        Self(Self::NONE.0.saturating_add(1).saturating_add(index))
    }

    const fn index(self) -> Option<usize> {
        self.0.get().checked_sub(2)
    }
}

impl From<Option<usize>> for Item {
    fn from(index: Option<usize>) -> Self {
        index.map_or(Self::NONE, Self::number)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Called {
    Position(usize),
    Name(&'static str),
}

impl Member {
    /// The member that a record or a struct calls `name`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::Member;
    /// assert_eq!(Member::named("user").to_string(), "user");
    /// ```
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self { called: Called::Name(name), item: Item::NONE, key: None }
    }

    /// Item `index` of the list `name`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::Member;
    /// assert_eq!(Member::item("pages", 17).to_string(), "pages[17]");
    /// ```
    #[must_use]
    pub const fn item(name: &'static str, index: usize) -> Self {
        Self { called: Called::Name(name), item: Item::number(index), key: None }
    }

    /// Item `index` of the list `name`, whose key is `key`. The name is `None` where the list is the whole group.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::Member;
    /// let member = Member::keyed("pages", 1, &"b");
    /// assert_eq!(member.to_string(), r#"pages["b"]"#);
    /// assert_eq!((member.index(), member.key()), (Some(1), Some(r#""b""#)));
    /// assert_eq!(Member::keyed(None, 1, &"b").to_string(), r#"["b"]"#);
    /// ```
    #[must_use]
    pub fn keyed(name: impl Into<Option<&'static str>>, index: usize, key: &(impl fmt::Debug + ?Sized)) -> Self {
        let mut member = name.into().map_or(Self::position(index), |name| Self::item(name, index));
        member.set_key(format!("{key:?}").into());
        member
    }

    /// The member at `index` of a tuple, or item `index` of the list in `gather!(*list)`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::Member;
    /// assert_eq!(Member::position(0).to_string(), "#0");
    /// ```
    #[must_use]
    pub const fn position(index: usize) -> Self {
        Self { called: Called::Position(index), item: Item::NONE, key: None }
    }

    /// Adds the `Debug` text of an item's key. It is made for exceptions only, so that an item that succeeds costs none.
    pub(crate) fn set_key(&mut self, key: Box<str>) {
        self.key = Some(Box::new(key));
    }

    /// The name it has in the record or the struct, without `r#`, and without the `_` in front of a member that nobody reads;
    /// `None` in a tuple and in `gather!(*list)`.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        match self.called {
            Called::Name(name) => Some(name),
            Called::Position(_) => None,
        }
    }

    /// The index of the item for a member that comes from a list, else the position in the tuple; `None` for a named
    /// member that is no list.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        match self.called {
            Called::Position(position) => self.item.index().or(Some(position)),
            Called::Name(_) => self.item.index(),
        }
    }

    /// The [`Debug`] text of its key, for an item of a list of pairs `(key, future)` whose keys have one: `"b"` with the quotes
    /// where the key is a string.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref().map(|key| &**key)
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.called, self.item.index(), &self.key) {
            // An item of a list that is the whole group.
            (Called::Position(_), None, Some(_)) => {}
            (Called::Position(position), ..) => write!(f, "#{position}")?,
            (Called::Name(name), ..) => f.write_str(name)?,
        }
        match (self.item.index(), &self.key) {
            (_, Some(key)) => write!(f, "[{key}]"),
            (Some(item), None) => write!(f, "[{item}]"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Member({self})")
    }
}

/// What the members of a group are called.
#[derive(Clone, Copy, Debug)]
pub enum MemberNames {
    /// A tuple: positions.
    Positions,
    /// A lone list: the items are the positions.
    Items,
    /// A record or a struct.
    Fields(&'static [&'static str]),
}

/// Where a member stands in its group.
#[derive(Clone, Copy, Debug)]
pub struct MemberId {
    pub(crate) names: MemberNames,
    pub(crate) position: usize,
    pub(crate) item: Option<usize>,
}

impl MemberId {
    pub(crate) fn member(self) -> Member {
        let position = Called::Position(self.position);
        match (self.names, self.item) {
            (MemberNames::Fields(names), item) => {
                let called = names.get(self.position).map_or(position, |name| Called::Name(name));
                Member { called, item: item.into(), key: None }
            }
            (MemberNames::Positions, item) => Member { called: position, item: item.into(), key: None },
            (MemberNames::Items, item) => Member::position(item.unwrap_or(self.position)),
        }
    }

    /// The [`member`](Self::member), with the text of its key if it has one.
    #[cfg(feature = "tracing")]
    pub(crate) fn member_of_key(self, key: Option<Box<str>>) -> Member {
        let mut member = self.member();
        if let Some(key) = key {
            member.set_key(key);
        }
        member
    }

    /// Members before it in the order of writing are lower; so are earlier items of one list.
    pub(crate) fn rank(self) -> (usize, usize) {
        (self.position, self.item.unwrap_or(0))
    }
}
