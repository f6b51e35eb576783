//! Viewers that are slow, many, or ask for what there is not.

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use media::{Hub, MediaEngine, Window};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};

use crate::harness::{PATIENCE, Stage, room, segments};

fn hub(stage: &Stage) -> &Hub {
    match &stage.engine {
        MediaEngine::Embedded(embedded) => embedded.hub(),
        MediaEngine::External(_) => panic!("the embedded engine"),
    }
}

#[tokio::test]
async fn a_viewer_that_is_too_slow_is_cut_off_and_the_others_are_not() {
    let stage = Stage::open().await;
    // Enough that a slow reader's socket is full soon.
    let _encoder = stage.encode(
        "good",
        &[
            "-re",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=640x360:rate=25",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-tune",
            "zerolatency",
            "-g",
            "25",
            "-b:v",
            "12M",
            "-minrate",
            "12M",
            "-maxrate",
            "12M",
            "-bufsize",
            "1M",
            "-x264-params",
            "nal-hrd=cbr",
        ],
    );
    stage.playlist(|_| true).await;
    let web = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = web.local_addr().unwrap();
    let app = Router::new().nest("/live-media", stage.engine.router());
    let serving = tokio::spawn(async move { axum::serve(web, app).await });
    let open = async || {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(16 << 10).unwrap();
        let mut stream = socket.connect(address).await.unwrap();
        let request =
            "GET /live-media/room/stream.mp4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    };
    let (mut slow, mut quick) = (open().await, open().await);
    let mut buffer = vec![0; 64 << 10];
    slow.read_exact(&mut buffer[..1000]).await.unwrap();
    // The quick one reads all the while.
    let until = tokio::time::Instant::now() + Duration::from_secs(12);
    while tokio::time::Instant::now() < until {
        let read = tokio::time::timeout(PATIENCE, quick.read(&mut buffer))
            .await
            .unwrap();
        assert!(read.unwrap() > 0, "the quick viewer was cut off");
    }
    // What the slow one is still given is what was on its way; then it is closed.
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(PATIENCE, slow.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the slow viewer is still served");
    serving.abort();
    stage.close().await;
}

#[tokio::test]
async fn memory_is_bounded_however_long_a_session_is() {
    let window = Window {
        segments: 4,
        bytes: 48 << 20,
    };
    let stage = Stage::open_with(|settings| settings.window = window).await;
    // Twenty times as fast as it was recorded.
    let _encoder = stage.encode(
        "good",
        &[
            "-readrate",
            "20",
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=320x240:rate=25:duration=240",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-g",
            "25",
        ],
    );
    stage.playlist(|it| segments(it).len() >= 4).await;
    let stream = hub(&stage).stream(&room()).unwrap();
    let early = stream.bytes();
    let late = stage
        .playlist(|it| segments(it).iter().any(|name| name == "seg-60.m4s"))
        .await;
    assert!(segments(&late).len() <= 4, "{late}");
    assert!(stream.bytes() < early * 4, "{} of {early}", stream.bytes());
    // What has left memory is answered from disk.
    stream.flush().await;
    assert_eq!(stage.get("room/seg-3.m4s").await.status, StatusCode::OK);
    stage.close().await;
}

#[tokio::test]
async fn what_there_is_not_is_not_found() {
    let stage = Stage::open().await;
    for file in [
        "room/live.m3u8",
        "room/vod.m3u8",
        "room/stream.mp4",
        "room/seg-0.m4s",
        "room/part-0.0.m4s",
        "room/init-0.mp4",
        "room/index.jsonl",
        "..%2fetc/passwd",
        "%2e%2e/index.jsonl",
    ] {
        assert_eq!(
            stage.get(file).await.status,
            StatusCode::NOT_FOUND,
            "{file}"
        );
    }
    stage.close().await;
}
