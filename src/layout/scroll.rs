//! Scrolling through a text in blocks of which only those on screen are laid out.

/// A line: of which block, and which of its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The block.
    pub block: usize,
    /// The line in it.
    pub line: usize,
}

/// A text: how many blocks it has, and how many lines each, at least one.
pub struct Text<'a> {
    /// How many blocks.
    pub blocks: usize,
    /// The lines of a block.
    pub lines: &'a dyn Fn(usize) -> usize,
}

impl Text<'_> {
    fn lines(&self, block: usize) -> usize {
        (self.lines)(block).max(1)
    }

    /// The last line.
    pub fn end(&self) -> Place {
        let block = self.blocks.saturating_sub(1);
        Place { block, line: if self.blocks == 0 { 0 } else { self.lines(block) - 1 } }
    }

    /// A place within the text, for one that was in it at another width.
    pub fn within(&self, place: Place) -> Place {
        if place.block >= self.blocks {
            return self.end();
        }
        Place { line: place.line.min(self.lines(place.block) - 1), ..place }
    }

    /// The line that stands `by` further on, or back; the last or first where there are not so many.
    pub fn moved(&self, place: Place, by: isize) -> Place {
        let mut place = self.within(place);
        let mut left = by.unsigned_abs();
        while left > 0 {
            if by > 0 {
                let rest = self.lines(place.block) - 1 - place.line;
                if left <= rest || place.block + 1 >= self.blocks {
                    place.line += left.min(rest);
                    break;
                }
                left -= rest + 1;
                place = Place { block: place.block + 1, line: 0 };
            } else if left <= place.line || place.block == 0 {
                place.line = place.line.saturating_sub(left);
                break;
            } else {
                left -= place.line + 1;
                place.block -= 1;
                place.line = self.lines(place.block) - 1;
            }
        }
        place
    }

    /// The same first line on screen, or a nearer one where the text would end above the last of `rows`.
    pub fn clamped(&self, top: Place, rows: usize) -> Place {
        let rows = isize::try_from(rows.max(1)).unwrap_or(isize::MAX);
        self.within(top).min(self.moved(self.end(), 1 - rows))
    }

    /// The first line on screen that is nearest to `top` with the lines from `first` to `last` among the `rows` on
    /// screen, and so many around them where there is room; where they have no room, with the first.
    pub fn reveal(&self, top: Place, (first, last): (Place, Place), rows: usize, around: usize) -> Place {
        let around = isize::try_from(around.min(rows.saturating_sub(1) / 2)).unwrap_or(0);
        let highest = self.moved(first, -around);
        let below = isize::try_from(rows.max(1)).unwrap_or(isize::MAX) - 1;
        let lowest = self.moved(self.moved(last, around), -below);
        let top = if top < lowest { lowest } else { top };
        self.clamped(top.min(highest), rows)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn place(block: usize, line: usize) -> Place {
        Place { block, line }
    }

    #[test]
    fn lines_are_gone_through_over_blocks() {
        let text = Text { blocks: 3, lines: &|block| block + 1 };
        assert_eq!(text.moved(place(0, 0), 2), place(1, 1));
        assert_eq!(text.moved(place(0, 0), 99), place(2, 2));
        assert_eq!(text.moved(place(2, 1), -2), place(1, 1));
        assert_eq!(text.moved(place(2, 1), -99), place(0, 0));
        assert_eq!(text.within(place(1, 9)), place(1, 1));
        assert_eq!(Text { blocks: 0, lines: &|_| 1 }.moved(place(4, 4), 3), place(0, 0));
    }

    #[test]
    fn what_is_on_screen_stays_and_what_is_not_comes() {
        let text = Text { blocks: 20, lines: &|_| 1 };
        assert_eq!(text.reveal(place(3, 0), (place(5, 0), place(6, 0)), 10, 1), place(3, 0));
        assert_eq!(text.reveal(place(3, 0), (place(14, 0), place(14, 0)), 10, 1), place(6, 0));
        assert_eq!(text.reveal(place(9, 0), (place(4, 0), place(4, 0)), 10, 1), place(3, 0));
        // What is longer than the screen is seen from its beginning.
        assert_eq!(text.reveal(place(0, 0), (place(2, 0), place(18, 0)), 5, 0), place(2, 0));
        assert_eq!(text.clamped(place(19, 0), 5), place(15, 0));
    }

    proptest! {
        #[test]
        fn going_on_and_back_leads_to_the_same_line(
            heights in proptest::collection::vec(1usize..5, 1..12), start in 0usize..40, by in 0usize..60,
        ) {
            let text = Text { blocks: heights.len(), lines: &|block| heights[block] };
            let all: Vec<Place> = heights.iter().enumerate()
                .flat_map(|(block, lines)| (0..*lines).map(move |line| place(block, line))).collect();
            let start = start.min(all.len() - 1);
            let end = (start + by).min(all.len() - 1);
            prop_assert_eq!(text.moved(all[start], by as isize), all[end]);
            prop_assert_eq!(text.moved(all[end], -((end - start) as isize)), all[start]);
        }
    }
}
