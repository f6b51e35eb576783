//! The engine from outside: real encoders on its port, real requests to its router.

mod ending;
mod garbage;
mod harness;
mod keys;
mod playing;
mod viewers;
