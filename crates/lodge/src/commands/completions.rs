//! `lodge completions`: what a shell needs to complete a command of Lodge.

use clap::{Args, CommandFactory};
use clap_complete::aot::{Generator, Shell, generate};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lodge completions bash > /usr/share/bash-completion/completions/lodge
  lodge completions zsh > /usr/local/share/zsh/site-functions/_lodge
  lodge completions fish > ~/.config/fish/completions/lodge.fish")]
pub struct Arguments {
    shell: Known,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Known {
    Bash,
    Zsh,
    Fish,
}

pub fn text<C: CommandFactory>(arguments: &Arguments) -> String {
    let shell = match arguments.shell {
        Known::Bash => Shell::Bash,
        Known::Zsh => Shell::Zsh,
        Known::Fish => Shell::Fish,
    };
    written::<C>(shell)
}

fn written<C: CommandFactory>(shell: impl Generator) -> String {
    let mut script = Vec::new();
    generate(shell, &mut C::command(), "lodge", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
