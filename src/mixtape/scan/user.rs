//! Pass one over one user of MIXTAPE: its id, as either layout names it.

use struson::reader::ValueType;

use super::Scan;
use super::id::{not_an_id, read_key, read_once};
use crate::json::{Demand, DocumentReader, Failure, ask, name};
use crate::mixtape::key::Key;
use crate::mixtape::layout::Layout;

impl Scan {
    pub(super) fn user<J: DocumentReader>(&mut self, json: &mut J) -> Result<(), Failure> {
        let start = json.offset();
        let names = [Layout::Plain.user_id(), Layout::Wrapped.user_id()];
        if let Some(ids) = json.scalar_members_of_object(names, Demand::OnePlainId) {
            let [plain, wrapped] = ids.map(|id| id.map(|range| self.plain_key(json, range)));
            return self.push_user(plain.transpose()?, wrapped.transpose()?, None, start);
        }
        let (mut plain, mut wrapped) = (None, None);
        let mut wrong = None;
        ask(json, J::begin_object)?;
        while ask(json, J::has_next)? {
            let at = json.offset();
            let (slot, member) = match name(json, layout_of_user_id)? {
                Some(Layout::Plain) => (&mut plain, "id"),
                Some(Layout::Wrapped) => (&mut wrapped, "user_id"),
                None => {
                    ask(json, J::skip_value)?;
                    continue;
                }
            };
            // One of the two is an unknown member, of any type; which one, the layout tells later.
            read_once(slot, at, member, || match ask(json, J::peek)? {
                ValueType::String | ValueType::Number => read_key(json, &mut self.texts).map(Some),
                _ => {
                    wrong.get_or_insert(json.offset());
                    ask(json, J::skip_value).map(|()| None)
                }
            })?;
        }
        ask(json, J::end_object)?;
        self.push_user(plain.flatten(), wrapped.flatten(), wrong, start)
    }

    /// Adds the user that starts at `start`. `wrong` is where a member of the wrong type stands.
    fn push_user(
        &mut self,
        plain: Option<Key>,
        wrapped: Option<Key>,
        wrong: Option<u64>,
        start: u64,
    ) -> Result<(), Failure> {
        if plain.is_none() && wrapped.is_none() {
            return Err(match wrong {
                Some(at) => not_an_id(at),
                None => Failure::data(start, "user without \"id\" (or \"user_id\")"),
            });
        }
        self.users.push(plain, wrapped);
        Ok(())
    }
}

fn layout_of_user_id(name: &str) -> Option<Layout> {
    [Layout::Plain, Layout::Wrapped]
        .into_iter()
        .find(|layout| layout.user_id() == name)
}
