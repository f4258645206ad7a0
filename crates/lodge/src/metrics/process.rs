//! Memory, processor time and open files of this process, from Linux's `/proc`, under the names that every
//! exporter uses.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use std::sync::atomic::AtomicU64;

/// `/proc` counts processor time in hundredths of a second on every platform of Linux.
const TICKS_PER_SECOND: f64 = 100.0;

#[derive(Default)]
pub struct Process {
    resident: Gauge,
    anonymous: Gauge,
    processor: Counter<f64, AtomicU64>,
    files: Gauge,
}

impl Process {
    pub fn register(&self, registry: &mut Registry) {
        let process = registry.sub_registry_with_prefix("process");
        process.register("resident_memory_bytes", "Memory in use", self.resident.clone());
        process.register("anonymous_memory_bytes", "Memory that is no file's", self.anonymous.clone());
        process.register("cpu_seconds", "Processor time used", self.processor.clone());
        process.register("open_fds", "Open files and sockets", self.files.clone());
    }

    pub fn look(&self) {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let bytes = |label: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(label));
            let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<i64>().ok());
            kibibytes.unwrap_or(0).saturating_mul(1024)
        };
        self.resident.set(bytes("VmRSS:"));
        self.anonymous.set(bytes("RssAnon:"));
        let more = processor_seconds().unwrap_or(0.0) - self.processor.get();
        self.processor.inc_by(more.max(0.0));
        let files = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        self.files.set(i64::try_from(files).unwrap_or(i64::MAX));
    }
}

/// User and system time: the fields 14 and 15, counted behind the name, which may hold spaces.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}
