//! Which member of a group something happened to.

use std::fmt;

/// Names one member of a group: a field, a position in a tuple, or an item of a list.
///
/// Displays as it is written: `user` for a named member, `#0` for a position in a tuple, `pages[17]` for an item of
/// the list `pages`, `#2[17]` for an item of a list in a tuple, and `#17` where the list is the whole group. A member whose
/// result is dropped is called `_`. Positions and items are counted from 0.
///
/// # Examples
///
/// ```
/// use gather::gather;
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
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Member {
    position: usize,
    name: Option<&'static str>,
    item: Option<usize>,
    /// The list is the whole group, so its items are the positions.
    alone: bool,
}

impl Member {
    /// The name it has in the record or the struct, without `r#`; `None` in a tuple and in `gather!(*list)`.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.name
    }

    /// The index of the item for a member that comes from a list, else the position in the tuple; `None` for a named
    /// member that is no list.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.item.or_else(|| self.name.is_none().then_some(self.position))
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name, self.item) {
            (_, Some(item)) if self.alone => write!(f, "#{item}"),
            (Some(name), None) => f.write_str(name),
            (Some(name), Some(item)) => write!(f, "{name}[{item}]"),
            (None, None) => write!(f, "#{}", self.position),
            (None, Some(item)) => write!(f, "#{}[{item}]", self.position),
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
pub enum Names {
    /// A tuple: positions.
    Positions,
    /// A lone list: the items are the positions.
    Items,
    /// A record or a struct.
    Fields(&'static [&'static str]),
}

/// Where a member stands in its group.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub(crate) names: Names,
    pub(crate) position: usize,
    pub(crate) item: Option<usize>,
}

impl Place {
    pub(crate) fn member(self) -> Member {
        let (name, alone) = match self.names {
            Names::Fields(names) => (names.get(self.position).copied(), false),
            Names::Positions => (None, false),
            Names::Items => (None, true),
        };
        Member { position: self.position, name, item: self.item, alone }
    }

    /// Members before it in the order of writing are lower; so are earlier items of one list.
    pub(crate) fn rank(self) -> (usize, usize) {
        (self.position, self.item.unwrap_or(0))
    }
}
