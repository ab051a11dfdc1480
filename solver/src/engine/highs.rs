//! The one module that calls HiGHS: a safe linear or mixed-integer program over `highs-sys`.
//!
//! Invariants of the unsafe code: the pointer comes from `Highs_create`, lives as long as the [`Program`] and is destroyed once; a
//! program never leaves the thread that made it (it is neither `Send` nor `Sync`, because it holds a raw pointer); every array handed
//! over is as long as HiGHS's documentation asks; the callback's data lives on the stack of [`Program::run`], the callback is taken away
//! before `run` returns, and no panic crosses into C++.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};

use highs_sys::*;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Optimal within the tolerances asked for.
    Optimal,
    /// No solution obeys the rows.
    Infeasible,
    /// Stopped by the caller or by a limit; there may be a solution.
    Stopped,
    /// The engine gave up, or answered something that cannot be.
    Failed,
}

/// Which method solves a linear program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Dual simplex: a vertex, restarts from the last basis.
    Simplex,
    /// Interior point without crossover: prices inside the optimal face.
    Interior,
    /// Interior point with crossover: a vertex, without a start.
    Crossover,
}

/// What a branch-and-bound run reports while it works.
#[derive(Clone, Copy, Debug)]
pub struct Branching {
    /// Nodes so far.
    pub nodes: i64,
    /// Bound so far.
    pub bound: f64,
}

/// What the caller of a run listens to and decides.
pub trait Listener {
    /// Whether to stop now.
    fn stop(&self) -> bool;
    /// Branch and bound got somewhere.
    fn branching(&self, _now: Branching) {}
}

/// Columns to add: one cost, bounds and sparse entries each.
#[derive(Clone, Debug, Default)]
pub struct NewColumns {
    /// Objective, lower and upper bound of each column.
    pub cost: Vec<f64>,
    /// Upper bounds; lower bounds are 0.
    pub upper: Vec<f64>,
    /// Where each column's entries start.
    pub starts: Vec<HighsInt>,
    /// Rows of the entries.
    pub rows: Vec<HighsInt>,
    /// Values of the entries.
    pub values: Vec<f64>,
}

impl NewColumns {
    /// Begins a column; its entries follow by [`NewColumns::entry`].
    pub fn column(&mut self, cost: f64, upper: f64) {
        self.cost.push(cost);
        self.upper.push(upper);
        self.starts.push(count(self.rows.len()));
    }
    /// An entry of the column begun last.
    pub fn entry(&mut self, row: usize, value: f64) {
        self.rows.push(count(row));
        self.values.push(value);
    }
    /// How many columns.
    pub fn len(&self) -> usize {
        self.cost.len()
    }
}

fn count(number: usize) -> HighsInt {
    HighsInt::try_from(number).expect("a program has fewer than 2^31 rows, columns and entries")
}

/// Which columns and rows are basic, and at which bound the others are, by HiGHS's numbers.
#[derive(Clone, Debug)]
pub struct Basis {
    /// Of each column.
    pub columns: Vec<HighsInt>,
    /// Of each row.
    pub rows: Vec<HighsInt>,
}

/// In the basis.
pub const BASIC: HighsInt = kHighsBasisStatusBasic;

/// Out of it, at the lower bound.
pub const LOWER: HighsInt = kHighsBasisStatusLower;

/// A maximisation with rows `lower ≤ Σ ≤ upper` and columns `0 ≤ x ≤ upper`.
pub struct Program {
    highs: *mut c_void,
    columns: usize,
    rows: usize,
}

impl Drop for Program {
    fn drop(&mut self) {
        // SAFETY: the pointer came from Highs_create and is destroyed only here.
        unsafe { Highs_destroy(self.highs) }
    }
}

/// The version of HiGHS that is linked.
pub fn version() -> String {
    // SAFETY: HiGHS returns a static, nul-terminated text.
    unsafe { CStr::from_ptr(Highs_version()) }.to_string_lossy().into_owned()
}

struct Hook<'a> {
    listener: &'a dyn Listener,
}

unsafe extern "C" fn callback(
    kind: c_int,
    _message: *const c_char,
    out: *const HighsCallbackDataOut,
    input: *mut HighsCallbackDataIn,
    hook: *mut c_void,
) {
    let _ = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: `hook` is the address of the Hook that `run` keeps on its stack while HiGHS works.
        let hook = unsafe { &*(hook as *const Hook<'_>) };
        // SAFETY: HiGHS passes either null or a valid struct for the time of this call.
        if let (kHighsCallbackMipLogging, Some(out)) = (kind, unsafe { out.as_ref() }) {
            hook.listener.branching(Branching { nodes: out.mip_node_count, bound: out.mip_dual_bound });
        }
        // SAFETY: as above.
        if let Some(input) = unsafe { input.as_mut() }
            && hook.listener.stop()
        {
            input.user_interrupt = 1;
        }
    }));
}

impl Program {
    /// A program with these rows and no columns yet; every solve is single-threaded, exact in its gap, and silent.
    pub fn new(row_bounds: &[(f64, f64)], seed: u64) -> Self {
        // SAFETY: creates an instance that only this struct holds.
        let highs = unsafe { Highs_create() };
        assert!(!highs.is_null(), "HiGHS could not be created");
        let mut program = Self { highs, columns: 0, rows: 0 };
        program.switch("output_flag", true);
        program.switch("log_to_console", false);
        program.whole("threads", 1);
        program.choice("parallel", "off");
        program.whole("random_seed", (seed % (1 << 31)) as HighsInt);
        program.decimal("mip_rel_gap", 0.0);
        program.decimal("mip_abs_gap", 1e-6);
        program.decimal("mip_feasibility_tolerance", 1e-7);
        program.decimal("primal_feasibility_tolerance", 1e-8);
        program.decimal("dual_feasibility_tolerance", 1e-8);
        // SAFETY: the instance is valid.
        unsafe { Highs_changeObjectiveSense(program.highs, kHighsObjSenseMaximize) };
        let (lower, upper): (Vec<f64>, Vec<f64>) = row_bounds.iter().copied().unzip();
        let starts = vec![0; row_bounds.len()];
        // SAFETY: lower, upper and starts have one entry per row; there are no entries.
        let status = unsafe {
            Highs_addRows(
                program.highs,
                count(row_bounds.len()),
                lower.as_ptr(),
                upper.as_ptr(),
                0,
                starts.as_ptr(),
                std::ptr::null(),
                std::ptr::null(),
            )
        };
        assert!(status != kHighsStatusError, "HiGHS refused the rows");
        program.rows = row_bounds.len();
        program
    }

    /// Adds rows Σ = 0 without entries.
    pub fn add_ties(&mut self, rows: usize) {
        let zeros = vec![0.0; rows];
        let starts = vec![0; rows];
        // SAFETY: lower, upper and starts have one entry per row; there are no entries.
        let status = unsafe {
            Highs_addRows(self.highs, count(rows), zeros.as_ptr(), zeros.as_ptr(), 0, starts.as_ptr(), std::ptr::null(), std::ptr::null())
        };
        assert!(status != kHighsStatusError, "HiGHS refused rows");
        self.rows += rows;
    }

    /// Adds columns at the end.
    pub fn add(&mut self, new: &NewColumns) {
        let lower = vec![0.0; new.len()];
        // SAFETY: cost, lower, upper and starts have one entry per column; rows and values one per entry, all rows exist.
        let status = unsafe {
            Highs_addCols(
                self.highs,
                count(new.len()),
                new.cost.as_ptr(),
                lower.as_ptr(),
                new.upper.as_ptr(),
                count(new.rows.len()),
                new.starts.as_ptr(),
                new.rows.as_ptr(),
                new.values.as_ptr(),
            )
        };
        assert!(status != kHighsStatusError, "HiGHS refused the columns");
        self.columns += new.len();
    }

    /// Changes the objective of the columns from `first` on.
    pub fn costs(&mut self, first: usize, costs: &[f64]) {
        assert!(first + costs.len() <= self.columns);
        if costs.is_empty() {
            return;
        }
        // SAFETY: one cost per column of the range, which exists.
        unsafe { Highs_changeColsCostByRange(self.highs, count(first), count(first + costs.len() - 1), costs.as_ptr()) };
    }

    /// Changes what a column may be.
    pub fn bounds(&mut self, column: usize, lower: f64, upper: f64) {
        assert!(column < self.columns);
        // SAFETY: the column exists.
        unsafe { Highs_changeColBounds(self.highs, count(column), lower, upper) };
    }

    /// Fixes columns at 0.
    pub fn shut(&mut self, range: std::ops::Range<usize>) {
        assert!(range.end <= self.columns);
        if range.is_empty() {
            return;
        }
        let zeros = vec![0.0; range.len()];
        // SAFETY: one lower and one upper bound per column of the range, which exists.
        unsafe { Highs_changeColsBoundsByRange(self.highs, count(range.start), count(range.end - 1), zeros.as_ptr(), zeros.as_ptr()) };
    }

    /// Adds a row Σ entries ≤ limit over columns that exist.
    pub fn add_row(&mut self, upper: f64, columns: &[usize], values: &[f64]) {
        assert_eq!(columns.len(), values.len());
        assert!(columns.iter().all(|&column| column < self.columns));
        let columns: Vec<HighsInt> = columns.iter().map(|&column| count(column)).collect();
        // SAFETY: one column and one value per entry, and every column exists.
        let status = unsafe { Highs_addRow(self.highs, f64::NEG_INFINITY, upper, count(columns.len()), columns.as_ptr(), values.as_ptr()) };
        assert!(status != kHighsStatusError, "HiGHS refused a row");
        self.rows += 1;
    }

    /// Makes every column from `first` on take whole numbers only.
    pub fn integers(&mut self, range: std::ops::Range<usize>) {
        if range.is_empty() {
            return;
        }
        let whole = vec![kHighsVarTypeInteger; range.len()];
        // SAFETY: one entry per column of the range, which exists.
        unsafe { Highs_changeColsIntegralityByRange(self.highs, count(range.start), count(range.end - 1), whole.as_ptr()) };
    }

    /// A full solution to start branch and bound from.
    pub fn start_from(&mut self, values: &[f64]) {
        assert_eq!(values.len(), self.columns);
        // SAFETY: one value per column; the other arrays may be null.
        unsafe { Highs_setSolution(self.highs, values.as_ptr(), std::ptr::null(), std::ptr::null(), std::ptr::null()) };
    }

    /// Chooses how linear programs are solved.
    pub fn method(&mut self, method: Method) {
        match method {
            Method::Simplex => {
                self.choice("solver", "simplex");
                self.choice("presolve", "choose");
            }
            Method::Interior => {
                self.choice("solver", "ipx");
                self.choice("run_crossover", "off");
                // It has been seen to go on for ever (1.15.0, a program of a few columns with one free from above): then simplex answers.
                self.whole("ipm_iteration_limit", 1000);
                // Undoing presolve needs a vertex: without one the prices it gives back are wrong.
                self.choice("presolve", "off");
            }
            Method::Crossover => {
                self.choice("solver", "ipx");
                self.choice("run_crossover", "on");
                self.choice("presolve", "choose");
            }
        }
    }

    /// Forgets the last answer, so that the next run starts afresh.
    pub fn forget(&mut self) {
        // SAFETY: the instance is valid.
        unsafe { Highs_clearSolver(self.highs) };
    }

    /// The basis of the last answer.
    pub fn basis(&self) -> Basis {
        let (mut columns, mut rows) = (vec![LOWER; self.columns], vec![BASIC; self.rows]);
        // SAFETY: one place per column and per row.
        unsafe { Highs_getBasis(self.highs, columns.as_mut_ptr(), rows.as_mut_ptr()) };
        Basis { columns, rows }
    }

    /// Lets the next run of the simplex method begin at this basis, mended where it is none. One that is refused changes nothing.
    pub fn begin(&mut self, basis: &Basis) {
        assert_eq!((basis.columns.len(), basis.rows.len()), (self.columns, self.rows));
        // SAFETY: one entry per column and per row.
        unsafe { Highs_setBasis(self.highs, basis.columns.as_ptr(), basis.rows.as_ptr()) };
    }

    /// Stops after this many seconds; the listener stops sooner and more exactly.
    pub fn time_limit(&mut self, seconds: f64) {
        self.decimal("time_limit", seconds);
    }

    /// Stops branch and bound after this many nodes.
    pub fn node_limit(&mut self, nodes: i32) {
        self.whole("mip_max_nodes", nodes);
    }

    /// Solves the program as it stands.
    pub fn run(&mut self, listener: &dyn Listener) -> Ended {
        let hook = Hook { listener };
        let kinds = [kHighsCallbackSimplexInterrupt, kHighsCallbackIpmInterrupt, kHighsCallbackMipInterrupt, kHighsCallbackMipLogging];
        // SAFETY: the hook outlives the run; the callback is stopped and removed before it goes.
        let status = unsafe {
            Highs_setCallback(self.highs, Some(callback), (&raw const hook).cast_mut().cast::<c_void>());
            for kind in kinds {
                Highs_startCallback(self.highs, kind);
            }
            let status = Highs_run(self.highs);
            for kind in kinds {
                Highs_stopCallback(self.highs, kind);
            }
            Highs_setCallback(self.highs, None, std::ptr::null_mut());
            status
        };
        // SAFETY: the instance is valid.
        let model = unsafe { Highs_getModelStatus(self.highs) };
        if status == kHighsStatusError {
            return Ended::Failed;
        }
        match model {
            kHighsModelStatusOptimal | kHighsModelStatusModelEmpty => Ended::Optimal,
            kHighsModelStatusInfeasible => Ended::Infeasible,
            kHighsModelStatusInterrupt | kHighsModelStatusTimeLimit | kHighsModelStatusSolutionLimit => Ended::Stopped,
            _ => Ended::Failed,
        }
    }

    /// Values of all columns, when there is a primal solution.
    pub fn values(&self) -> Option<Vec<f64>> {
        let known = self.info("primal_solution_status") == 2;
        let mut values = vec![0.0; self.columns];
        let mut rows = vec![0.0; self.rows];
        if !known {
            return None;
        }
        // SAFETY: one place per column and per row; the dual arrays may be null.
        unsafe { Highs_getSolution(self.highs, values.as_mut_ptr(), std::ptr::null_mut(), rows.as_mut_ptr(), std::ptr::null_mut()) };
        Some(values)
    }

    /// Prices of all rows as HiGHS has them (for a maximisation: ≥ 0 on a row that is full from above). May be slightly wrong; may be
    /// zeros when there are none.
    pub fn prices(&self) -> Vec<f64> {
        let mut values = vec![0.0; self.columns];
        let mut duals = vec![0.0; self.columns];
        let mut rows = vec![0.0; self.rows];
        let mut prices = vec![0.0; self.rows];
        // SAFETY: one place per column and per row in each array.
        unsafe { Highs_getSolution(self.highs, values.as_mut_ptr(), duals.as_mut_ptr(), rows.as_mut_ptr(), prices.as_mut_ptr()) };
        prices
    }

    /// Branch-and-bound bound of the last run.
    pub fn bound(&self) -> f64 {
        let mut value = f64::INFINITY;
        // SAFETY: the name is nul-terminated and the place is valid.
        unsafe { Highs_getDoubleInfoValue(self.highs, c"mip_dual_bound".as_ptr(), &mut value) };
        value
    }

    /// Objective value of the last run.
    pub fn objective(&self) -> f64 {
        // SAFETY: the instance is valid.
        unsafe { Highs_getObjectiveValue(self.highs) }
    }

    /// Branch-and-bound nodes of the last run.
    pub fn nodes(&self) -> u64 {
        let mut value = 0i64;
        // SAFETY: the name is nul-terminated and the place is valid.
        unsafe { Highs_getInt64InfoValue(self.highs, c"mip_node_count".as_ptr(), &mut value) };
        u64::try_from(value).unwrap_or(0)
    }

    fn info(&self, name: &str) -> HighsInt {
        let mut value = 0;
        let name = text(name);
        // SAFETY: the name is nul-terminated and the place is valid.
        unsafe { Highs_getIntInfoValue(self.highs, name.as_ptr(), &mut value) };
        value
    }

    /// Sets an option that is on or off.
    pub fn switch(&mut self, name: &str, value: bool) {
        let name = text(name);
        // SAFETY: the name is nul-terminated.
        let status = unsafe { Highs_setBoolOptionValue(self.highs, name.as_ptr(), HighsInt::from(value)) };
        assert_eq!(status, kHighsStatusOk, "unknown option");
    }

    /// Sets an option that takes a whole number.
    pub fn whole(&mut self, name: &str, value: HighsInt) {
        let name = text(name);
        // SAFETY: the name is nul-terminated.
        let status = unsafe { Highs_setIntOptionValue(self.highs, name.as_ptr(), value) };
        assert_eq!(status, kHighsStatusOk, "unknown option");
    }

    /// Sets an option that takes a number.
    pub fn decimal(&mut self, name: &str, value: f64) {
        let name = text(name);
        // SAFETY: the name is nul-terminated.
        let status = unsafe { Highs_setDoubleOptionValue(self.highs, name.as_ptr(), value) };
        assert_eq!(status, kHighsStatusOk, "unknown option");
    }

    /// Sets an option that takes a word.
    pub fn choice(&mut self, name: &str, value: &str) {
        let (name, value) = (text(name), text(value));
        // SAFETY: both texts are nul-terminated.
        let status = unsafe { Highs_setStringOptionValue(self.highs, name.as_ptr(), value.as_ptr()) };
        assert_eq!(status, kHighsStatusOk, "unknown option");
    }
}

fn text(name: &str) -> CString {
    CString::new(name).expect("option names hold no nul")
}
