//! Threads: which of them go first where there are too few processors.

/// Lets other threads of the program go first from now on: those that draw or answer have little to do, and somebody
/// waits for it. Where threads have no priority of their own, nothing is done.
pub fn give_way() {
    /// Higher is less; 0 is what a program starts with.
    #[cfg(target_os = "linux")]
    const NICENESS: i32 = 5;
    // It goes on without, too.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
}
