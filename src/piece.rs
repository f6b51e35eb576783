//! Where the app is cut into pieces (ADR 10): in the build that is shipped. Builds for work and for tests are
//! whole, for nobody waits for their download.

pub use wasm_split_helpers::SplitLoaderError as Missing;

/// `piece!(name: fn f(…) -> T { … })` makes an `async fn f(…) -> Result<T, Missing>` whose code, and all that
/// only it reaches, is downloaded with the piece of that name when it is first called.
macro_rules! piece {
    ($piece:ident: fn $name:ident($($arg:ident: $kind:ty),* $(,)?) -> $answer:ty { $($body:tt)* }) => {
        #[cfg(all(feature = "shop", not(debug_assertions)))]
        #[wasm_split_helpers::wasm_split($piece, fallible)]
        fn $name($($arg: $kind),*) -> Result<$answer, $crate::piece::Missing> {
            Ok({ $($body)* })
        }

        #[cfg(not(all(feature = "shop", not(debug_assertions))))]
        async fn $name($($arg: $kind),*) -> Result<$answer, $crate::piece::Missing> {
            Ok({ $($body)* })
        }
    };
}
