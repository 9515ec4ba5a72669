//! The members that are alive, and how each is stopped.

/// In the order of their start, which is member order. Seats of members that have left are cleared away when they are
/// half of all: there are about as many as members alive at once, however many a `limit` lets through one after the other.
pub(super) struct Seats<H> {
    /// By number.
    seats: Vec<(usize, Seat<H>)>,
    left: usize,
    /// The number of the next.
    next: usize,
}

enum Seat<H> {
    /// Not told yet how to stop it, or told to stop.
    Taken,
    Running(H),
    Left,
}

impl<H> Seats<H> {
    pub(super) const fn new() -> Self {
        Self { seats: Vec::new(), left: 0, next: 0 }
    }

    /// The number of a new member.
    pub(super) fn enter(&mut self) -> usize {
        let number = self.next;
        self.seats.push((number, Seat::Taken));
        self.next += 1;
        number
    }

    /// Gives the stopper back where the member has left.
    pub(super) fn register(&mut self, number: usize, stopper: H) -> Option<H> {
        match self.find(number) {
            Some(seat) if !matches!(seat, Seat::Left) => {
                *seat = Seat::Running(stopper);
                None
            }
            _ => Some(stopper),
        }
    }

    pub(super) fn leave(&mut self, number: usize) -> Option<H> {
        let seat = std::mem::replace(self.find(number)?, Seat::Left);
        self.left += 1;
        if self.left > self.seats.len() / 2 {
            self.seats.retain(|(_, seat)| !matches!(seat, Seat::Left));
            self.left = 0;
        }
        match seat {
            Seat::Running(stopper) => Some(stopper),
            Seat::Taken | Seat::Left => None,
        }
    }

    /// The stoppers of all, in member order.
    pub(super) fn take_stoppers(&mut self) -> Vec<H> {
        let running = self.seats.iter_mut().filter(|(_, seat)| matches!(seat, Seat::Running(_)));
        let stoppers = running.filter_map(|(_, seat)| match std::mem::replace(seat, Seat::Taken) {
            Seat::Running(stopper) => Some(stopper),
            Seat::Taken | Seat::Left => None,
        });
        stoppers.collect()
    }

    fn find(&mut self, number: usize) -> Option<&mut Seat<H>> {
        // Nothing was cleared away so far: the usual case.
        if self.seats.len() == self.next {
            return self.seats.get_mut(number).map(|(_, seat)| seat);
        }
        let index = self.seats.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(&mut self.seats[index].1)
    }
}

#[cfg(test)]
impl<H> Seats<H> {
    pub(super) fn capacity(&self) -> usize {
        self.seats.capacity()
    }
}
