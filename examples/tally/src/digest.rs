//! The hash of one file, read in chunks.

use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::progress::Progress;

const CHUNK: usize = 128 * 1024;

pub(crate) struct Digest {
    pub(crate) sha256: [u8; 32],
    pub(crate) bytes: u64,
}

pub(crate) async fn digest(file: &Path, progress: &Progress) -> io::Result<Digest> {
    let mut source = File::open(file).await?;
    let mut chunk = vec![0; CHUNK];
    let mut sha256 = Sha256::new();
    let mut bytes = 0;
    loop {
        let length = source.read(&mut chunk).await?;
        if length == 0 {
            return Ok(Digest { sha256: sha256.finalize().into(), bytes });
        }
        sha256.update(&chunk[..length]);
        bytes += length as u64;
        progress.read(length as u64);
    }
}
