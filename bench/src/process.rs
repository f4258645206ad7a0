//! What the kernel counts for a process: time on the processor, memory of its own.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// The kernel counts time for `/proc` in hundredths of a second on every Linux of today.
const TICK: Duration = Duration::from_millis(10);

/// User and system time of all threads so far.
pub fn processor_time(process: &str) -> Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).context("the process is gone")?;
    // The name in brackets may have spaces, so the fields are counted from the end of it.
    let (_, fields) = text.rsplit_once(") ").context("an unknown form of /proc/…/stat")?;
    let mut times = fields.split(' ').skip(11).take(2);
    let mut ticks = 0;
    for _ in 0..2 {
        ticks += times.next().context("too few fields in /proc/…/stat")?.parse::<u32>()?;
    }
    Ok(TICK * ticks)
}

/// Anonymous resident memory in mebibytes: what the process itself holds, without mapped files.
pub fn memory(process: &str) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).context("the process is gone")?;
    let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("no RssAnon")?;
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kibibytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_process_has_time_and_memory() {
        assert!(processor_time("self").is_ok());
        assert!(memory("self").unwrap() > 0.0);
    }
}
