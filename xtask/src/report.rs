//! What was run, how long it took and how it ended; the last lines of `cargo xtask test`.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Single checks within a step: tests of a runner, stories of a client, files of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

impl Counts {
    /// A step that is one check by itself.
    pub fn one(success: bool) -> Self {
        Self { passed: usize::from(success), failed: usize::from(!success) }
    }

    /// The counts a runner printed, corrected by its exit: a runner that failed has failed at least once,
    /// and one that counted nothing has tested nothing.
    pub fn of_runner(found: Option<Self>, success: bool) -> Self {
        let mut counts = found.unwrap_or_default();
        if counts.failed == 0 && (!success || counts.passed == 0) {
            counts.failed = 1;
        }
        counts
    }

    pub fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

struct Row {
    name: String,
    took: Duration,
    counts: Counts,
}

#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Runs one step, shows its name and time; an error counts as one failure and does not end the run.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Counts>) -> Counts {
        println!("\n==> {name}");
        let start = Instant::now();
        let counts = work().unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Counts::one(false)
        });
        let took = start.elapsed();
        println!(
            "<== {name}: {} passed, {} failed in {:.1} s",
            counts.passed,
            counts.failed,
            took.as_secs_f64()
        );
        self.rows.push(Row { name: name.to_owned(), took, counts });
        counts
    }

    /// Notes that a step could not be run because an earlier one failed: a failure of its own, never silence.
    pub fn not_run(&mut self, name: &str, because: &str) {
        println!("\n==> {name}\n<== {name}: not run: {because}");
        self.rows.push(Row { name: name.to_owned(), took: Duration::ZERO, counts: Counts::one(false) });
    }

    /// Prints the table and the closing line; true when nothing failed.
    pub fn close(&self) -> bool {
        println!("\n{:<44} {:>8} {:>7} {:>9}", "step", "passed", "failed", "seconds");
        let mut all = Counts::default();
        for row in &self.rows {
            println!(
                "{:<44} {:>8} {:>7} {:>9.1}",
                row.name,
                row.counts.passed,
                row.counts.failed,
                row.took.as_secs_f64()
            );
            all = all.add(row.counts);
        }
        println!("\n{} passed, {} failed", all.passed, all.failed);
        all.failed == 0
    }
}

/// Reads `N passed` and `N failed` from the last line that has the first: nextest's summary and the closing
/// line of the client stories.
pub fn passed_and_failed(text: &str) -> Option<Counts> {
    let line = text.lines().rev().find(|line| number_before(line, "passed").is_some())?;
    Some(Counts {
        passed: number_before(line, "passed")?,
        failed: number_before(line, "failed").unwrap_or(0) + number_before(line, "timed out").unwrap_or(0),
    })
}

/// Adds up the `test result:` lines of `cargo test`, one for each crate.
pub fn cargo_counts(text: &str) -> Option<Counts> {
    text.lines()
        .filter(|line| line.starts_with("test result:"))
        .filter_map(|line| {
            Some(Counts { passed: number_before(line, "passed")?, failed: number_before(line, "failed")? })
        })
        .reduce(Counts::add)
}

/// Reads the closing lines of Node's test runner, `pass N` and `fail N`, each with a mark before it.
pub fn node_counts(text: &str) -> Option<Counts> {
    let last = |word: &str| {
        text.lines().rev().find_map(|line| {
            let mut words = line.split_whitespace().skip_while(|token| *token != word).skip(1);
            words.next()?.parse::<usize>().ok()
        })
    };
    Some(Counts { passed: last("pass")?, failed: last("fail")? + last("cancelled").unwrap_or(0) })
}

fn number_before(line: &str, word: &str) -> Option<usize> {
    let (before, _) = line.split_once(word)?;
    before.split_whitespace().next_back()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_of_nextest_is_read() {
        let text = "     Summary [   1.2s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped\nerror: x";
        assert_eq!(passed_and_failed(text), Some(Counts { passed: 9, failed: 3 }));
    }

    #[test]
    fn the_summaries_of_cargo_are_added() {
        let text = "test result: ok. 2 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 3 failed; 0 ignored";
        assert_eq!(cargo_counts(text), Some(Counts { passed: 3, failed: 3 }));
    }

    #[test]
    fn the_summary_of_node_is_read() {
        let text = "ℹ tests 5\nℹ pass 4\nℹ fail 1\nℹ cancelled 0\n";
        assert_eq!(node_counts(text), Some(Counts { passed: 4, failed: 1 }));
    }

    #[test]
    fn a_runner_that_ran_nothing_has_failed() {
        assert_eq!(Counts::of_runner(None, true).failed, 1);
        assert_eq!(Counts::of_runner(Some(Counts { passed: 3, failed: 0 }), false).failed, 1);
        assert_eq!(Counts::of_runner(Some(Counts { passed: 3, failed: 0 }), true).failed, 0);
    }
}
