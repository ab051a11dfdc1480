//! A program of HiGHS, on a thread of its own where it is large: presolve has been seen to hear nothing for minutes, and then whoever waits
//! goes on without it ([decision 19](../../../../docs/decisions/0019-a-run-can-be-left.md)).

use std::panic::resume_unwind;
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};

use crate::common::control::Control;
use crate::engine::apart::{Bell, Heard, Waiting, stall};
use crate::engine::highs::{self, BASIC, Basis, Branching, Ended, LOWER, Listener, Method, NewColumns};

/// Done on the thread that made the program.
type Order = Box<dyn FnOnce(&mut highs::Program) + Send>;

/// A maximisation with rows `lower ≤ Σ ≤ upper` and columns `0 ≤ x ≤ upper`, as [`highs::Program`] is one.
pub struct Program {
    place: Place,
    columns: usize,
    rows: usize,
}

enum Place {
    /// With whoever asks.
    Here(highs::Program),
    /// On a thread of its own.
    Apart(Thread),
    /// Left to itself: nothing more will be known of it than the bound that was heard last.
    Left(f64),
}

struct Thread {
    orders: Option<Sender<Order>>,
    handle: Option<JoinHandle<()>>,
}

impl Drop for Thread {
    /// A thread that is not left to itself ends before its program is forgotten, so that there are never more than are worked on.
    fn drop(&mut self) {
        self.orders = None;
        let _ = self.handle.take().map(JoinHandle::join);
    }
}

/// What a run says.
enum Said {
    On(Branching),
    Ended(Ended),
}

/// Listens on the thread of the program.
struct Far {
    bell: Bell,
    say: Sender<Said>,
}

impl Listener for Far {
    fn stop(&self) -> bool {
        self.bell.rung()
    }
    fn branching(&self, now: Branching) {
        let _ = self.say.send(Said::On(now));
    }
}

/// Listens where the caller is.
struct Near<'a> {
    control: &'a dyn Control,
    heard: &'a dyn Fn(Branching),
}

impl Listener for Near<'_> {
    fn stop(&self) -> bool {
        self.control.over()
    }
    fn branching(&self, now: Branching) {
        (self.heard)(now);
    }
}

impl Program {
    /// A program with these rows and no columns yet, that will have about so many.
    pub fn new(row_bounds: Vec<(f64, f64)>, seed: u64, size: usize, control: &dyn Control) -> Self {
        let rows = row_bounds.len();
        let place = match size >= control.runs().apart {
            true => Self::apart(row_bounds, seed),
            false => Place::Here(highs::Program::new(&row_bounds, seed)),
        };
        Self { place, columns: 0, rows }
    }

    fn apart(row_bounds: Vec<(f64, f64)>, seed: u64) -> Place {
        let (orders, ordered) = channel::<Order>();
        let bounds = row_bounds.clone();
        let work = move || {
            let mut program = highs::Program::new(&bounds, seed);
            ordered.into_iter().for_each(|order| order(&mut program));
        };
        match Builder::new().name("engine".into()).spawn(work) {
            Ok(handle) => Place::Apart(Thread { orders: Some(orders), handle: Some(handle) }),
            // No room for one thread more.
            Err(_) => Place::Here(highs::Program::new(&row_bounds, seed)),
        }
    }

    /// Has something done to the program, as soon as it is its turn.
    fn order(&mut self, order: impl FnOnce(&mut highs::Program) + Send + 'static) {
        match &mut self.place {
            Place::Here(program) => order(program),
            Place::Apart(thread) => {
                // A thread that is gone is noticed by the next run.
                let _ = thread.orders.as_ref().map(|orders| orders.send(Box::new(order)));
            }
            Place::Left(_) => {}
        }
    }

    /// Asks something of the program; nothing when it was left to itself.
    fn ask<T: Send + 'static>(&self, question: impl FnOnce(&highs::Program) -> T + Send + 'static) -> Option<T> {
        match &self.place {
            Place::Here(program) => Some(question(program)),
            Place::Apart(thread) => {
                let (say, said) = channel();
                let order = move |program: &mut highs::Program| {
                    let _ = say.send(question(program));
                };
                thread.orders.as_ref()?.send(Box::new(order)).ok()?;
                said.recv().ok()
            }
            Place::Left(_) => None,
        }
    }

    /// Solves the program as it stands. Nothing is begun once the caller wants to stop.
    pub fn run(&mut self, control: &dyn Control, heard: &dyn Fn(Branching)) -> Ended {
        if control.over() {
            return Ended::Stopped;
        }
        let thread = match &mut self.place {
            Place::Here(program) => return program.run(&Near { control, heard }),
            Place::Apart(thread) => thread,
            Place::Left(_) => return Ended::Stopped,
        };
        let bell = Bell::default();
        let (say, said) = channel();
        let (far, stalls) = (Far { bell: bell.clone(), say }, control.runs().stall);
        let order = move |program: &mut highs::Program| {
            if stalls {
                stall();
            }
            let ended = program.run(&far);
            let _ = far.say.send(Said::Ended(ended));
        };
        let _ = thread.orders.as_ref().map(|orders| orders.send(Box::new(order)));
        let mut waiting = Waiting::new(control, &bell);
        let mut bound = f64::INFINITY;
        loop {
            match waiting.next(&said) {
                Heard::Said(Said::On(now)) => {
                    bound = now.bound;
                    heard(now);
                }
                Heard::Said(Said::Ended(ended)) => return ended,
                Heard::Gone => {
                    return match thread.handle.take().map(JoinHandle::join) {
                        Some(Err(panic)) => resume_unwind(panic),
                        _ => Ended::Failed,
                    };
                }
                Heard::Silent => {
                    thread.handle = None;
                    self.place = Place::Left(bound);
                    return Ended::Stopped;
                }
            }
        }
    }

    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Columns so far.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Adds rows Σ = 0 without entries.
    pub fn add_ties(&mut self, rows: usize) {
        self.rows += rows;
        self.order(move |program| program.add_ties(rows));
    }

    /// Adds columns at the end.
    pub fn add(&mut self, new: NewColumns) {
        self.columns += new.len();
        self.order(move |program| program.add(&new));
    }

    /// Changes the objective of the columns from `first` on.
    pub fn costs(&mut self, first: usize, costs: Vec<f64>) {
        self.order(move |program| program.costs(first, &costs));
    }

    /// Changes what a column may be.
    pub fn bounds(&mut self, column: usize, lower: f64, upper: f64) {
        self.order(move |program| program.bounds(column, lower, upper));
    }

    /// Fixes columns at 0.
    pub fn shut(&mut self, range: std::ops::Range<usize>) {
        self.order(move |program| program.shut(range));
    }

    /// Adds a row Σ entries ≤ limit over columns that exist.
    pub fn add_row(&mut self, upper: f64, columns: Vec<usize>, values: Vec<f64>) {
        self.rows += 1;
        self.order(move |program| program.add_row(upper, &columns, &values));
    }

    /// Makes these columns take whole numbers only.
    pub fn integers(&mut self, range: std::ops::Range<usize>) {
        self.order(move |program| program.integers(range));
    }

    /// A full solution to start branch and bound from.
    pub fn start_from(&mut self, values: Vec<f64>) {
        self.order(move |program| program.start_from(&values));
    }

    /// Chooses how linear programs are solved.
    pub fn method(&mut self, method: Method) {
        self.order(move |program| program.method(method));
    }

    /// Forgets the last answer, so that the next run starts afresh.
    pub fn forget(&mut self) {
        self.order(highs::Program::forget);
    }

    /// The basis of the last answer.
    pub fn basis(&self) -> Basis {
        let none = || Basis { columns: vec![LOWER; self.columns], rows: vec![BASIC; self.rows] };
        self.ask(highs::Program::basis).unwrap_or_else(none)
    }

    /// Lets the next run of the simplex method begin at this basis.
    pub fn begin(&mut self, basis: Basis) {
        self.order(move |program| program.begin(&basis));
    }

    /// Stops after this many seconds; the listener stops sooner and more exactly.
    pub fn time_limit(&mut self, seconds: f64) {
        self.order(move |program| program.time_limit(seconds));
    }

    /// Stops branch and bound after this many nodes.
    pub fn node_limit(&mut self, nodes: i32) {
        self.order(move |program| program.node_limit(nodes));
    }

    /// Values of all columns, when there is a primal solution.
    pub fn values(&self) -> Option<Vec<f64>> {
        self.ask(highs::Program::values).flatten()
    }

    /// Prices of all rows; zeros when there are none.
    pub fn prices(&self) -> Vec<f64> {
        self.ask(highs::Program::prices).unwrap_or_else(|| vec![0.0; self.rows])
    }

    /// Branch-and-bound bound of the last run.
    pub fn bound(&self) -> f64 {
        match self.place {
            Place::Left(bound) => bound,
            Place::Here(_) | Place::Apart(_) => self.ask(highs::Program::bound).unwrap_or(f64::INFINITY),
        }
    }

    /// Objective value of the last run.
    pub fn objective(&self) -> f64 {
        self.ask(highs::Program::objective).unwrap_or(0.0)
    }

    /// Branch-and-bound nodes of the last run.
    pub fn nodes(&self) -> u64 {
        self.ask(highs::Program::nodes).unwrap_or(0)
    }

    /// Sets an option that is on or off.
    pub fn switch(&mut self, name: &'static str, value: bool) {
        self.order(move |program| program.switch(name, value));
    }

    /// Sets an option that takes a whole number.
    pub fn whole(&mut self, name: &'static str, value: i32) {
        self.order(move |program| program.whole(name, value));
    }

    /// Sets an option that takes a number.
    pub fn decimal(&mut self, name: &'static str, value: f64) {
        self.order(move |program| program.decimal(name, value));
    }

    /// Sets an option that takes a word.
    pub fn choice(&mut self, name: &'static str, value: &'static str) {
        self.order(move |program| program.choice(name, value));
    }
}
