//! The columns as a store.

use std::sync::Arc;

use super::asked::Reach;
use super::state::Columns;
use super::{clusters, count, find, read, tally};
use crate::chronology::{CataloguedDocument, DocumentIndex};
use crate::query::Dimension;
use crate::store::{
    Answer, Batch, Changed, Clusters, Count, Ctl, Direction, Facet, Histograms, Info, Key, Keys, Question,
    Row, Section, Store, StoreError,
};
use crate::when::{Bounds, Certainty, Instant};

/// How many rows' bounds are told between two looks whether to go on.
const CHECK_EVERY: u32 = 4096;

impl Store for Columns {
    fn info(&self) -> Info {
        let state = self.state();
        Info {
            title: state.title.clone(),
            summary: state.summary.clone(),
            catalogue: Arc::clone(state.names.catalogue()),
            total: state.total,
            undated: state.undated,
            extent: state.extent,
            dimensions: Dimension::ALL.to_vec(),
            loading: state.progress.is_some(),
            progress: state.progress,
            problem: state.problem.clone(),
            generation: state.generation,
        }
    }

    fn still(&self) -> Arc<dyn Store> {
        Arc::new(Self::at(self.state()))
    }

    fn on_change(&self, changed: Changed) {
        self.tell(changed);
    }

    fn count(&self, question: &Question, keys: &Keys, ctl: &Ctl) -> Result<Answer<Count>, StoreError> {
        let asked = self.ask(question, ctl);
        let (count, reach) = count::among(&asked, keys)?;
        Ok(asked.answer(count, reach))
    }

    fn histogram(
        &self,
        question: &Question,
        edges: &[Instant],
        by: Option<Dimension>,
        ctl: &Ctl,
    ) -> Result<Answer<Histograms>, StoreError> {
        let asked = self.ask(question, ctl);
        let (histograms, reach) = count::histogram(&asked, edges, by)?;
        Ok(asked.answer(histograms, reach))
    }

    fn facets(
        &self,
        question: &Question,
        dimension: Dimension,
        prefix: &str,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Facet>>, StoreError> {
        let filter = Arc::new(question.filter.without_dimension(dimension));
        let asked = self.ask(&Question { filter, ..question.clone() }, ctl);
        let (facets, reach) = tally::largest(&asked, dimension, (prefix, n))?;
        Ok(asked.answer(facets, reach))
    }

    fn clusters(
        &self,
        question: &Question,
        within: Option<&Section>,
        ctl: &Ctl,
    ) -> Result<Answer<Clusters>, StoreError> {
        let asked = self.ask(question, ctl);
        let (clusters, reach) = clusters::near(&asked, within)?;
        Ok(asked.answer(clusters, reach))
    }

    fn page(
        &self,
        question: &Question,
        key: Key,
        direction: Direction,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Row>>, StoreError> {
        let asked = self.ask(question, ctl);
        let (rows, late) = read::page(&asked, (key, direction), question.reverse, n)?;
        let reach = if late { asked.reach().short() } else { Reach::whole(asked.state.total) };
        Ok(asked.answer(rows, reach))
    }

    fn event(&self, layer: &str, id: &str, ctl: &Ctl) -> Result<Option<Row>, StoreError> {
        let state = self.state();
        let Some(place) = find::event(&state, layer, id, ctl)? else { return Ok(None) };
        Ok(read::rows(&state, &[place])?.pop())
    }

    fn document(&self, document: DocumentIndex) -> Option<CataloguedDocument> {
        self.state().names.catalogue().documents.get(document.0 as usize).cloned()
    }

    fn batches(
        &self,
        question: &Question,
        keys: &Keys,
        each: &mut dyn FnMut(Box<dyn Batch>) -> Result<(), StoreError>,
        ctl: &Ctl,
    ) -> Result<(), StoreError> {
        read::batches(&self.ask(question, ctl), question, keys, each)
    }

    fn dates(
        &self,
        question: &Question,
        sink: &mut dyn FnMut(Option<&Bounds>, Certainty),
        ctl: &Ctl,
    ) -> Result<(), StoreError> {
        let asked = self.ask(question, ctl);
        let (all, reach) = asked.all()?;
        if reach != Reach::whole(asked.state.total) {
            return Err(StoreError::Late);
        }
        for (segment, hits) in asked.state.segments.iter().zip(&all) {
            let Some(hits) = hits else { continue };
            let mut rest = 0..segment.rows();
            while let Some(row) = hits.first(&rest) {
                if row / CHECK_EVERY != rest.start / CHECK_EVERY {
                    ctl.check()?;
                }
                sink(segment.bounds(row).as_ref(), hits.certainty(row));
                rest.start = row + 1;
            }
        }
        Ok(())
    }
}
