//! What rooms say in passing, between two beats of the pump: lines, likes, and who is there. In memory: what is
//! lost with the process is no truth of the shop, and lines are in the database besides.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use contract::LiveId;
use contract::live::{ChatLine, LiveCounts};
use tokio::sync::broadcast;

/// A room between two beats.
#[derive(Debug, Default)]
pub struct Room {
    /// Open streams that listen to it.
    pub watching: u64,
    /// The most that there were since the last beat.
    pub peak: u64,
    /// Lines that were not told yet, oldest first.
    pub lines: Vec<ChatLine>,
    /// Likes that were not counted yet.
    pub likes: u64,
    /// What was told last.
    pub told: Option<LiveCounts>,
    /// Accounts that listen to it, with how many streams.
    people: HashMap<String, u32>,
}

impl Room {
    fn is_asleep(&self) -> bool {
        self.watching == 0 && self.lines.is_empty() && self.likes == 0
    }
}

/// Somebody who must leave: an account, and a browser.
#[derive(Clone, Debug)]
pub struct TurnedOut {
    account: String,
    device: Option<String>,
}

impl TurnedOut {
    /// Whether that is this listener.
    pub fn is(&self, account: &str, device: Option<&str>) -> bool {
        self.account == account || (device.is_some() && self.device.as_deref() == device)
    }
}

/// The rooms that somebody is in.
#[derive(Debug)]
pub struct Hub {
    rooms: Mutex<HashMap<LiveId, Room>>,
    turned_out: broadcast::Sender<TurnedOut>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            rooms: Mutex::default(),
            turned_out: broadcast::Sender::new(64),
        }
    }
}

/// Somebody is in some rooms until this is dropped.
#[derive(Debug)]
pub struct Present {
    hub: Arc<Hub>,
    rooms: Vec<LiveId>,
    account: Option<String>,
}

impl Hub {
    fn rooms(&self) -> MutexGuard<'_, HashMap<LiveId, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody comes in; guests have no account.
    pub fn enter(self: &Arc<Self>, rooms: &[LiveId], account: Option<&str>) -> Present {
        let mut known = self.rooms();
        for id in rooms {
            let room = known.entry(id.clone()).or_default();
            room.watching += 1;
            room.peak = room.peak.max(room.watching);
            if let Some(account) = account {
                *room.people.entry(account.to_owned()).or_default() += 1;
            }
        }
        drop(known);
        Present {
            hub: self.clone(),
            rooms: rooms.to_vec(),
            account: account.map(str::to_owned),
        }
    }

    /// Somebody must leave all rooms now: their streams end, and they are not let in again.
    pub fn turn_out(&self, account: &str, device: Option<&str>) {
        // The only error is that nobody listens.
        let _ = self.turned_out.send(TurnedOut {
            account: account.to_owned(),
            device: device.map(str::to_owned),
        });
    }

    /// Hears who must leave.
    pub fn leavers(&self) -> broadcast::Receiver<TurnedOut> {
        self.turned_out.subscribe()
    }

    /// A line was said.
    pub fn say(&self, id: &LiveId, line: ChatLine) {
        self.rooms().entry(id.clone()).or_default().lines.push(line);
    }

    /// The room is liked a few times.
    pub fn like(&self, id: &LiveId, times: u32) {
        self.rooms().entry(id.clone()).or_default().likes += u64::from(times);
    }

    /// How many are in a room.
    pub fn watching(&self, id: &LiveId) -> u64 {
        self.rooms().get(id).map_or(0, |room| room.watching)
    }

    /// The accounts that are in a room.
    pub fn people(&self, id: &LiveId) -> HashSet<String> {
        let rooms = self.rooms();
        let room = rooms.get(id);
        room.map(|room| room.people.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// Takes what was said and liked since the last beat; rooms that nobody is in are forgotten.
    pub fn take(&self) -> Vec<(LiveId, Room)> {
        let mut rooms = self.rooms();
        let taken = rooms
            .iter_mut()
            .map(|(id, room)| {
                let taken = Room {
                    watching: room.watching,
                    peak: room.peak,
                    lines: std::mem::take(&mut room.lines),
                    likes: std::mem::take(&mut room.likes),
                    told: room.told.clone(),
                    people: HashMap::new(),
                };
                room.peak = room.watching;
                (id.clone(), taken)
            })
            .collect();
        rooms.retain(|_, room| !room.is_asleep());
        taken
    }

    /// Remembers what was told of a room.
    pub fn told(&self, counts: LiveCounts) {
        if let Some(room) = self.rooms().get_mut(&counts.live) {
            room.told = Some(counts);
        }
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let mut rooms = self.hub.rooms();
        for id in &self.rooms {
            if let Some(room) = rooms.get_mut(id) {
                room.watching = room.watching.saturating_sub(1);
                if let Some(account) = &self.account
                    && let Some(streams) = room.people.get_mut(account)
                {
                    *streams -= 1;
                    if *streams == 0 {
                        room.people.remove(account);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_is_counted_no_more_and_an_empty_room_is_forgotten() {
        let hub: Arc<Hub> = Arc::default();
        let id = LiveId::from("r");
        let (a, b) = (
            hub.enter(std::slice::from_ref(&id), None),
            hub.enter(std::slice::from_ref(&id), Some("u1")),
        );
        assert_eq!(hub.watching(&id), 2);
        drop(a);
        hub.like(&id, 7);
        let taken = hub.take();
        assert_eq!(
            taken
                .iter()
                .map(|(_, room)| (room.watching, room.peak, room.likes))
                .collect::<Vec<_>>(),
            [(1, 2, 7)]
        );
        drop(b);
        assert_eq!(hub.take().len(), 1, "it is told that nobody is there");
        assert!(hub.take().is_empty());
    }

    #[test]
    fn l9_somebody_is_there_until_their_last_stream_ends() {
        let hub: Arc<Hub> = Arc::default();
        let rooms = [LiveId::from("r")];
        let guest = hub.enter(&rooms, None);
        let (one, two) = (hub.enter(&rooms, Some("u1")), hub.enter(&rooms, Some("u1")));
        drop(one);
        hub.take();
        assert_eq!(hub.people(&rooms[0]), HashSet::from(["u1".to_owned()]));
        drop(two);
        assert!(hub.people(&rooms[0]).is_empty());
        drop(guest);
    }
}
