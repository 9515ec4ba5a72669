//! What the command line asks for.

/// The cells, and what is measured of them.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub struct Selection {
    only: Vec<String>,
    sizes: Vec<usize>,
    /// `gather!` and a peer a second time, under another name.
    pub bias: bool,
    /// Count instructions.
    pub instructions: bool,
    /// Take times.
    pub wall: bool,
    /// A table of every peer's ratio to the floor.
    pub peers: bool,
}

impl Selection {
    /// Of the command line, without the command.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut selection =
            Self { only: Vec::new(), sizes: Vec::new(), bias: false, instructions: true, wall: true, peers: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--only" => selection.only = value()?.split(',').map(str::to_owned).collect(),
                "--n" => {
                    let sizes = value()?.split(',').map(|n| n.replace('_', "").parse());
                    selection.sizes = sizes.collect::<Result<_, _>>().map_err(|e| format!("--n: {e}"))?;
                }
                "--bias" => selection.bias = true,
                "--no-instructions" => selection.instructions = false,
                "--no-wall" => selection.wall = false,
                "--peers" => selection.peers = true,
                other => return Err(format!("unknown option {other}")),
            }
        }
        Ok(selection)
    }

    /// `A` stands for all items whose names begin so.
    pub fn has(&self, item: &str, n: usize) -> bool {
        (self.only.is_empty() || self.only.iter().any(|only| item.starts_with(only.as_str())))
            && (self.sizes.is_empty() || self.sizes.contains(&n))
    }
}
