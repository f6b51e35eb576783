//! Loopback ports: finding a free one, and saying plainly when one is taken.

use std::io::ErrorKind;
use std::net::TcpListener;

use anyhow::{Result, bail};

/// A port nobody listens on at this moment.
///
/// # Errors
/// When the system gives none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Makes sure `port` can be listened on.
///
/// # Errors
/// When another program listens there, or the system forbids it.
pub fn must_be_free(port: u16, flag: &str) -> Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is in use by another program: stop it, or choose another with {flag}"
        ),
        Err(error) => bail!("port {port} cannot be used ({error}): choose another with {flag}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_with_the_way_out() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = must_be_free(port, "--port").unwrap_err().to_string();
        assert!(error.contains("in use") && error.contains("--port"));
        drop(taken);
        must_be_free(port, "--port").unwrap();
    }
}
