//! Bounds on the number of people placed from two flows: people to places, and people to coaches.
//!
//! Where every choice is worth one point, a plan is a flow of one unit per person through the limits of the places, and another through
//! those of the coaches. The value of a maximum flow is that of a minimum cut (Ford & Fulkerson 1956), and the rows in the cut at a price
//! of one point each prove exactly that value as a bound: so a flow is told as prices, and checked as any other prices are.

use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::engine::block::Block;
use crate::engine::price::Prices;

/// Edges above which a flow would cost more than the linear program it may spare.
const MOST_EDGES: usize = 400_000;

/// Prices from the minimum cut on the side of the places, and from the one on the side of the coaches; nothing when choices differ in
/// worth, rows must be full, or floors must be kept.
pub fn prices(block: &Block, scale: i64) -> Vec<Prices> {
    let equal = block.points.iter().all(|&points| points == 1) && block.steps.is_empty() && block.floors.is_empty();
    if !equal || block.rows.iter().any(|row| row.tight) {
        return Vec::new();
    }
    // Limits in which a choice counts once; each seat group's come from small to large and are nested.
    let mut once = vec![true; block.rows.len()];
    let mut hooks = vec![0usize; block.rows.len()];
    for &(row, weight) in block.seat_entries.iter().chain(&block.hook_entries).flatten() {
        once[row as usize] &= weight == 1;
    }
    for &(row, _) in block.hook_entries.iter().flatten() {
        hooks[row as usize] += 1;
    }
    let nested = |&row: &u32| !block.rows[row as usize].crosses;
    let places: Vec<Vec<u32>> =
        block.seat_entries.iter().map(|entries| entries.iter().map(|&(row, _)| row).filter(nested).collect()).collect();
    // Of a coach's limits on numbers, the one over most hour classes.
    let coaches: Vec<Vec<u32>> = block
        .hook_entries
        .iter()
        .map(|entries| {
            let counted = entries.iter().map(|&(row, _)| row).filter(|&row| once[row as usize]);
            counted.max_by_key(|&row| (hooks[row as usize], std::cmp::Reverse(block.rows[row as usize].at_most))).into_iter().collect()
        })
        .collect();
    let by_place = |choice: usize| block.choices[choice].seat as usize;
    let by_coach = |choice: usize| block.choices[choice].hook as usize;
    [cut(block, &places, &by_place), cut(block, &coaches, &by_coach)]
        .into_iter()
        .flatten()
        .map(|rows| {
            let mut prices = Prices::free(block);
            rows.into_iter().for_each(|row| prices.rows[row as usize] = scale);
            prices
        })
        .collect()
}

/// Rows in a minimum cut between people and the chains of limits that their choices pass through.
fn cut(block: &Block, chains: &[Vec<u32>], chain_of: &dyn Fn(usize) -> usize) -> Option<Vec<u32>> {
    let people = block.people.len() as u64;
    let mut graph: DiGraph<(), u64> = DiGraph::new();
    let (source, sink) = (graph.add_node(()), graph.add_node(()));
    let mut row_edge = vec![None; block.rows.len()];
    let mut ends: Vec<Option<NodeIndex>> = vec![None; block.rows.len()];
    let mut entrance: Vec<Option<NodeIndex>> = vec![None; block.rows.len()];
    let mut door = Vec::with_capacity(chains.len());
    for chain in chains {
        let first = graph.add_node(());
        let mut at = first;
        for &row in chain {
            let number = row as usize;
            let known = entrance[number].is_some();
            let (inside, outside) = match (entrance[number], ends[number]) {
                (Some(inside), Some(outside)) => (inside, outside),
                _ => (graph.add_node(()), graph.add_node(())),
            };
            graph.add_edge(at, inside, people);
            at = outside;
            if known {
                // The rest of the chain is there already.
                break;
            }
            entrance[number] = Some(inside);
            ends[number] = Some(outside);
            row_edge[number] = Some(graph.add_edge(inside, outside, u64::try_from(block.rows[number].at_most).unwrap_or(0)));
        }
        if at == first || chain.last().is_some_and(|&row| ends[row as usize] == Some(at)) && graph.edges(at).next().is_none() {
            graph.add_edge(at, sink, people);
        }
        door.push(first);
    }
    for local in 0..block.people.len() {
        let person = graph.add_node(());
        graph.add_edge(source, person, 1);
        let mut doors: Vec<usize> = (block.starts[local]..block.starts[local + 1]).map(chain_of).collect();
        doors.sort_unstable();
        doors.dedup();
        doors.into_iter().for_each(|chain| {
            graph.add_edge(person, door[chain], 1);
        });
        if graph.edge_count() > MOST_EDGES {
            return None;
        }
    }
    let (_, flow) = dinics(&graph, source, sink);
    // What the source still reaches in the residual network is its side of the cut.
    let mut reached = vec![false; graph.node_count()];
    reached[source.index()] = true;
    let mut waiting = vec![source];
    while let Some(node) = waiting.pop() {
        let forward = graph.edges(node).filter(|edge| flow[edge.id().index()] < *edge.weight()).map(|edge| edge.target());
        let back = graph.edges_directed(node, petgraph::Incoming).filter(|edge| flow[edge.id().index()] > 0).map(|edge| edge.source());
        for next in forward.chain(back) {
            if !std::mem::replace(&mut reached[next.index()], true) {
                waiting.push(next);
            }
        }
    }
    let crosses = |&row: &u32| {
        let ends = row_edge[row as usize].and_then(|edge| graph.edge_endpoints(edge));
        ends.is_some_and(|(from, to)| reached[from.index()] && !reached[to.index()])
    };
    Some((0..block.rows.len() as u32).filter(crosses).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::block::LocalRow;

    fn row(at_most: i64) -> LocalRow {
        LocalRow { at_most, tight: false, core: true, crosses: false, origin: Some(0) }
    }

    fn bounds(block: &Block) -> Vec<i64> {
        prices(block, 1024).into_iter().map(|prices| prices.bound(block, 1024).floor(1024)).collect()
    }

    #[test]
    fn people_share_seats_within_their_school_and_coaches_within_their_number() {
        // Seat groups of 2 and 1 at a school of 2; a third elsewhere with room for all; one coach for two people.
        let rows = vec![row(2), row(1), row(2), row(2)];
        let seats = vec![vec![(0, 1), (2, 1)], vec![(1, 1), (2, 1)], vec![]];
        let hooks = vec![vec![(3, 1)], vec![]];
        let at_school: &[(u32, u32)] = &[(0, 0), (1, 0)];
        let elsewhere: &[(u32, u32)] = &[(2, 1)];
        let crowd = Block::of(&[at_school, at_school, at_school, elsewhere], rows.clone(), seats.clone(), hooks.clone());
        assert_eq!(bounds(&crowd), [3, 3]);
        let second: &[(u32, u32)] = &[(1, 1)];
        assert_eq!(bounds(&Block::of(&[second, second, elsewhere], rows, seats, hooks)), [2, 3]);
    }

    #[test]
    fn choices_of_different_worth_have_no_flow() {
        let mut block = Block::of(&[&[(0, 0)], &[(0, 0)]], vec![row(1)], vec![vec![(0, 1)]], vec![vec![]]);
        assert_eq!(bounds(&block)[0], 1);
        block.points[1] = 2;
        assert!(prices(&block, 1024).is_empty());
    }
}
