//! A plan: how many start per wave and board, who guides them, who is hired.

use crate::common::tables::Table;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::ids::{BoardId, KindId, WaveId, YearId};

/// Every decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who starts, by wave and board.
    pub seated: Table<WaveId, Table<BoardId, i64>>,
    /// Who is guided by which kind, by wave and kind.
    pub guided: Table<WaveId, Table<KindId, i64>>,
    /// Coaches hired, by kind and year.
    pub hired: Table<KindId, Table<YearId, i64>>,
}

impl Plan {
    /// Nobody starts and nobody is hired.
    pub fn empty(horizon: &Horizon) -> Self {
        Self {
            seated: Table::filled(horizon.waves.len(), Table::filled(horizon.boards.len(), 0)),
            guided: Table::filled(horizon.waves.len(), Table::filled(horizon.kinds.len(), 0)),
            hired: Table::filled(horizon.kinds.len(), Table::filled(horizon.years.len(), 0)),
        }
    }

    /// Who starts in a wave.
    pub fn started(&self, wave: WaveId) -> i64 {
        self.seated[wave].iter().sum()
    }

    /// Whether everybody who starts is guided by somebody, and nothing is below 0.
    pub fn whole(&self) -> bool {
        let sums = self.seated.ids().all(|wave| self.started(wave) == self.guided[wave].iter().sum::<i64>());
        let seated = self.seated.iter().flat_map(Table::iter);
        let guided = self.guided.iter().flat_map(Table::iter);
        let hired = self.hired.iter().flat_map(Table::iter);
        sums && seated.chain(guided).chain(hired).all(|&number| number >= 0)
    }
}
