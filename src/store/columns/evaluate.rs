//! How far a filter is true of each row of a segment, for all rows at once.

use super::bits::Bits;
use super::leaf::Leaf;
use super::plan::{Plan, Roles};
use super::postings::{Column, Posting, in_role, role_of};
use super::segment::Segment;
use super::times::Within;
use crate::query::{Relation, Set};
use crate::store::StoreError;

/// A posting is looked up by its value where no more than this many may be asked for; else all that a segment has
/// are gone through.
const MOST_LOOKED_UP: usize = 256;

/// The rows that something is certainly true of, and those that it is at least possibly true of. The first are
/// among the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Truth {
    pub(super) certain: Bits,
    pub(super) possible: Bits,
}

impl Truth {
    /// What knows no doubt.
    fn plain(bits: Bits) -> Self {
        Self { certain: bits.clone(), possible: bits }
    }

    fn within(mut self, open: &Bits) -> Self {
        self.certain.and(open);
        self.possible.and(open);
        self
    }
}

/// Evaluates plans on one segment.
pub(super) struct Evaluation<'a> {
    /// The rows.
    pub(super) segment: &'a Segment,
    /// Reads the rows of the second set again and gives those that a leaf is true of; those of the third are known
    /// to be.
    pub(super) scan: &'a dyn Fn(&Leaf, &Bits, &Bits) -> Result<Bits, StoreError>,
}

impl Evaluation<'_> {
    /// How far a plan is true of the rows of `open`. Nothing is said of other rows.
    pub(super) fn truth(&self, plan: &Plan, open: &Bits) -> Result<Truth, StoreError> {
        Ok(match plan {
            Plan::All(plans) => self.all(plans, open)?,
            Plan::Any(plans) => self.any(plans, open)?,
            Plan::Not(plan) => {
                let Truth { certain, possible } = self.truth(plan, open)?;
                let mut not = Truth::plain(open.clone());
                not.certain.and_not(&possible);
                not.possible.and_not(&certain);
                not
            }
            Plan::Time(relation, window) => {
                let (certain, possible) = self.segment.in_window(within(*relation), *window);
                Truth { certain, possible }.within(open)
            }
            Plan::Scan(leaf, named) => {
                // Names are known without reading.
                let known = self.truth(named, open)?.certain;
                Truth::plain((self.scan)(leaf, open, &known)?)
            }
            Plan::Values(column, values) => Truth::plain(self.with_value(*column, values)).within(open),
            Plan::Cast(column, set, roles) => Truth::plain(self.with_role(*column, set, roles)).within(open),
            Plan::Layer(set) if set.has(self.segment.layer().0) => Truth::plain(open.clone()),
            Plan::Layer(_) => Truth::plain(Bits::new(self.segment.rows())),
            Plan::Undated => {
                let mut undated = Bits::new(self.segment.rows());
                undated.insert_range(self.segment.dated()..self.segment.rows());
                Truth::plain(undated).within(open)
            }
        })
    }

    /// Only rows that were not refused are asked for the next.
    fn all(&self, plans: &[Plan], open: &Bits) -> Result<Truth, StoreError> {
        let mut whole = Truth::plain(open.clone());
        for plan in plans {
            if whole.possible.is_empty() {
                break;
            }
            let Truth { certain, possible } = self.truth(plan, &whole.possible)?;
            whole.certain.and(&certain);
            whole.possible = possible;
        }
        Ok(whole)
    }

    /// Only rows that are not certain yet are asked for the next.
    fn any(&self, plans: &[Plan], open: &Bits) -> Result<Truth, StoreError> {
        let mut whole = Truth::plain(Bits::new(self.segment.rows()));
        let mut left = open.clone();
        for plan in plans {
            if left.is_empty() {
                break;
            }
            let truth = self.truth(plan, &left)?;
            left.and_not(&truth.certain);
            whole.certain.or(&truth.certain);
            whole.possible.or(&truth.possible);
        }
        Ok(whole)
    }

    /// The rows that have one of the values, which grow.
    fn with_value(&self, column: Column, values: &[u32]) -> Bits {
        if values.len() <= MOST_LOOKED_UP {
            return self.looked_up(column, values.iter().map(|value| u64::from(*value)));
        }
        self.gone_through(column, |value| {
            u32::try_from(value).is_ok_and(|value| values.binary_search(&value).is_ok())
        })
    }

    /// The rows in which one of the things is in one of the roles.
    fn with_role(&self, column: Column, set: &Set, roles: &Roles) -> Bits {
        let things = set.places();
        if roles.most().saturating_mul(things.len()) <= MOST_LOOKED_UP {
            let values = roles.each().flat_map(|role| things.iter().map(move |thing| in_role(role, *thing)));
            return self.looked_up(column, values);
        }
        self.gone_through(column, |value| {
            let (role, thing) = role_of(value);
            roles.has(role) && set.has(thing)
        })
    }

    fn looked_up(&self, column: Column, values: impl Iterator<Item = u64>) -> Bits {
        let mut bits = Bits::new(self.segment.rows());
        values
            .filter_map(|value| self.segment.posting(column, value))
            .for_each(|posting| posting.add_to(&mut bits));
        bits
    }

    fn gone_through(&self, column: Column, wanted: impl Fn(u64) -> bool) -> Bits {
        let mut bits = Bits::new(self.segment.rows());
        let all = self.segment.values(column);
        all.filter(|(value, _)| wanted(*value))
            .for_each(|(_, posting): (u64, Posting<'_>)| posting.add_to(&mut bits));
        bits
    }
}

/// How an event has to stand to a window. What `since:` and `until:` ask is in the window.
const fn within(relation: Relation) -> Within {
    match relation {
        Relation::During => Within::Wholly,
        Relation::In | Relation::Since | Relation::Until => Within::Partly,
    }
}
