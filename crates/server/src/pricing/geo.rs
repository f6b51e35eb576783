//! Places on the map and how far they are apart. Pure.

/// A place on the map, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geo {
    /// Latitude.
    pub lat_e6: i64,
    /// Longitude.
    pub lng_e6: i64,
}

/// Metres between two places along the ground (haversine on a sphere of the earth's mean radius).
pub fn distance_m(a: Geo, b: Geo) -> f64 {
    const EARTH_M: f64 = 6_371_008.8;
    let radians = |e6: i64| (e6 as f64 / 1e6).to_radians();
    let (lat_a, lat_b) = (radians(a.lat_e6), radians(b.lat_e6));
    let half_lat = (lat_b - lat_a) / 2.0;
    let half_lng = (radians(b.lng_e6) - radians(a.lng_e6)) / 2.0;
    let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lng.sin().powi(2);
    2.0 * EARTH_M * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_right_to_a_metre() {
        let pole = Geo {
            lat_e6: 90_000_000,
            lng_e6: 0,
        };
        let equator = Geo {
            lat_e6: 0,
            lng_e6: 0,
        };
        assert!((distance_m(pole, equator) - 10_007_557.0).abs() < 1.0);
        assert!(distance_m(equator, equator) < 1e-6);
    }
}
