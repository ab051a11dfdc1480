//! First plans, made by hand before anything is solved.

use super::State;
use crate::common::spread::spread;
use crate::engine::block::Block;
use crate::engine::program::LocalPlan;

impl State<'_> {
    /// First plans: keeps what can stay of those there are, and gives everybody who has no place the best one left, those with the
    /// fewest choices first.
    pub(super) fn fill(&mut self) {
        let mut from: Vec<LocalPlan> = self.plan.iter().cloned().collect();
        from.append(&mut self.task.starts);
        if from.is_empty() {
            from.push(vec![None; self.task.block.people.len()]);
        }
        from.dedup();
        from.into_iter().for_each(|from| self.fill_from(&from));
    }

    fn fill_from(&mut self, from: &LocalPlan) {
        let block = self.task.block;
        // Where only the number placed counts, everybody is worth the search for room.
        let everybody = !self.large() && block.points.iter().all(|&points| points == 1);
        let mut plan = vec![None; block.people.len()];
        let mut used = vec![0i64; block.rows.len()];
        // Whoever must be placed and has lost the place goes first, then stays whoever must be placed.
        if from.iter().any(Option::is_some) {
            for local in (0..plan.len()).filter(|&local| block.must[local] && from[local].is_none()) {
                let best = (block.starts[local]..block.starts[local + 1])
                    .filter(|&choice| block.room(&used, choice))
                    .max_by_key(|&choice| (block.points[choice], spread(self.task.seed, choice as u32)));
                if let Some(choice) = best {
                    block.entries(choice).for_each(|(row, weight)| used[row as usize] += weight);
                    plan[local] = Some(choice as u32);
                }
            }
        }
        let mut order: Vec<usize> = (0..plan.len()).filter(|&local| plan[local].is_none()).collect();
        order.sort_by_key(|&local| (!block.must[local], local));
        for local in order {
            let Some(choice) = from[local] else { continue };
            if block.room(&used, choice as usize) {
                block.entries(choice as usize).for_each(|(row, weight)| used[row as usize] += weight);
                plan[local] = Some(choice);
            }
        }
        let mut waiting: Vec<usize> = (0..plan.len()).filter(|&local| plan[local].is_none()).collect();
        waiting.sort_by_key(|&local| (block.starts[local + 1] - block.starts[local], local));
        for local in waiting {
            let best = (block.starts[local]..block.starts[local + 1])
                .filter(|&choice| block.points[choice] >= 0 && block.room(&used, choice))
                .max_by_key(|&choice| (block.points[choice], spread(self.task.seed, choice as u32)));
            if let Some(choice) = best {
                block.entries(choice).for_each(|(row, weight)| used[row as usize] += weight);
                plan[local] = Some(choice as u32);
            } else if block.must[local] || everybody {
                make_room(block, &mut plan, &mut used, local);
            }
        }
        self.offer(plan);
    }
}

/// Places somebody for whom there is no room by moving one other person to a free choice; the first such pair in the order of points.
fn make_room(block: &Block, plan: &mut LocalPlan, used: &mut [i64], local: usize) -> bool {
    let choices = |local: usize| block.starts[local]..block.starts[local + 1];
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); block.rows.len()];
    for (other, choice) in plan.iter().enumerate() {
        let held = choice.iter().flat_map(|&choice| block.entries(choice as usize));
        held.for_each(|(row, _)| holders[row as usize].push(other));
    }
    let mut wanted: Vec<usize> = choices(local).collect();
    wanted.sort_by_key(|&choice| (std::cmp::Reverse(block.points[choice]), choice));
    wanted.truncate(100);
    for choice in wanted {
        let full = block.entries(choice).find(|&(row, weight)| {
            let limit = &block.rows[row as usize];
            limit.origin.is_some() && used[row as usize] + weight > limit.at_most
        });
        let Some((row, _)) = full else { continue };
        for &other in &holders[row as usize] {
            let Some(old) = plan[other] else { continue };
            block.entries(old as usize).for_each(|(row, weight)| used[row as usize] -= weight);
            if block.room(used, choice) {
                block.entries(choice).for_each(|(row, weight)| used[row as usize] += weight);
                let free = choices(other).filter(|&free| free as u32 != old && block.room(used, free));
                if let Some(free) = free.max_by_key(|&free| (block.points[free], std::cmp::Reverse(free))) {
                    block.entries(free).for_each(|(row, weight)| used[row as usize] += weight);
                    plan[other] = Some(free as u32);
                    plan[local] = Some(choice as u32);
                    return true;
                }
                block.entries(choice).for_each(|(row, weight)| used[row as usize] -= weight);
            }
            block.entries(old as usize).for_each(|(row, weight)| used[row as usize] += weight);
        }
    }
    false
}
