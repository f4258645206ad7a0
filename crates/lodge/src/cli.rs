//! The command line. What is wrong with a command, its files or its surroundings ends the process with status
//! 2 and one sentence on standard error.

use crate::commands::{self, Answer, Common};
use crate::config::{Environment, reference, schema};
use crate::{dev, doctor, serve, tls};
use clap::{Args, Parser, Subcommand};
use kernel::{DomainName, Error, Kind};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// An open, self-hosted guest directory that speaks Microsoft Graph and the Entra sign-in endpoints.
#[derive(Parser)]
#[command(name = "lodge", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  lodge dev                                         a seeded server on https://localhost:8443
  lodge dev --data ./contoso --seed seed.json       the same, kept in ./contoso/lodge
  lodge config check --config lodge.toml            is this configuration complete?
  lodge serve --config lodge.toml                   the server of an organisation
  lodge tenant create --config lodge.toml --name Contoso --domain contoso.example
  lodge backup /var/backups/lodge.lodgebackup       everything in one file, while Lodge runs";

#[derive(Subcommand)]
enum Command {
    /// Starts a seeded server on this machine, to write programs against.
    #[command(after_help = DEV_EXAMPLES)]
    Dev(DevArguments),
    /// Starts the server of an organisation.
    #[command(after_help = "Example:
  lodge serve --config /etc/lodge/lodge.toml")]
    Serve(Configured),
    /// Makes tenants, switches them off and on, deletes them.
    #[command(subcommand)]
    Tenant(commands::tenant::Command),
    /// Helps people back in.
    #[command(subcommand)]
    User(commands::user::Command),
    /// Registers applications.
    #[command(subcommand)]
    Application(ApplicationCommand),
    /// Writes everything into one file, while Lodge runs.
    Backup(commands::backup::Arguments),
    /// Reads a backup into a database that nobody uses.
    Restore(commands::restore::Arguments),
    /// Releases or drops the mail that a restore has held.
    #[command(subcommand)]
    Outbox(commands::outbox::Command),
    /// Rotates signing keys and the master key.
    #[command(subcommand)]
    Key(commands::key::Command),
    /// Creates missing tables.
    Migrate(commands::migrate::Arguments),
    /// Checks and explains the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Prints the completions of a shell.
    Completions(commands::completions::Arguments),
    /// Looks whether anything is amiss: clocks, certificate, disk, database, key, mail server.
    #[command(after_help = DOCTOR_EXAMPLES)]
    Doctor(DoctorArguments),
}

const DEV_EXAMPLES: &str = "\
Examples:
  lodge dev                                  everything in a temporary directory, gone at the end
  lodge dev --listen 127.0.0.1:0 --json      any free port; one line of JSON says which
  lodge dev --data . --seed seed.json        kept in ./lodge, begun with the tenants of seed.json
  lodge dev --engine postgres --database-url postgres://lodge:lodge@localhost/lodge --data .";

const DOCTOR_EXAMPLES: &str = "\
Examples:
  lodge doctor --config /etc/lodge/lodge.toml          ends with 2 if it finds a fault
  runuser --user lodge -- lodge doctor --config /etc/lodge/lodge.toml --json";

#[derive(Args, Clone, Debug)]
struct DoctorArguments {
    #[command(flatten)]
    common: Common,
}

#[derive(Args, Clone, Debug)]
pub struct DevArguments {
    /// Where to listen; port 0 is any free one.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8443", value_parser = listen_address)]
    pub listen: SocketAddr,
    /// Keeps everything in DIR/lodge; without it a temporary directory is removed at the end.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Begins with the tenants of FILE instead of Contoso and Fabrikam.
    #[arg(long, value_name = "FILE")]
    pub seed: Option<PathBuf>,
    /// The storage engine.
    #[arg(long, value_enum, default_value = "sqlite")]
    pub engine: Engine,
    /// The PostgreSQL database.
    #[arg(long, value_name = "URL", required_if_eq("engine", "postgres"))]
    pub database_url: Option<String>,
    /// Prints the card as one line of JSON, and nothing else, on standard output.
    #[arg(long)]
    pub json: bool,
    /// Allows to listen beyond this machine; /dev then asks for the token on the card.
    #[arg(long)]
    pub expose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Args, Clone, Debug)]
struct Configured {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = "lodge.toml")]
    config: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub struct NewTenant {
    /// The organisation's name, as guests read it.
    #[arg(long)]
    pub name: String,
    /// The organisation's domain.
    #[arg(long, value_parser = domain)]
    pub domain: DomainName,
}

#[derive(Subcommand)]
enum ApplicationCommand {
    /// Registers an application and prints its id and secret, once.
    #[command(after_help = "Examples:
  lodge application create --tenant contoso.example --name Automation --app-role User.Invite.All
  lodge application create --tenant contoso.example --name Wiki --scope openid --scope profile \\
      --redirect-uri https://wiki.contoso.example/callback")]
    Create {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        application: NewApplication,
    },
}

#[derive(Args, Clone, Debug)]
pub struct NewApplication {
    /// The tenant, by id or domain.
    #[arg(long)]
    pub tenant: String,
    /// The application's name, as people read it when they sign in.
    #[arg(long)]
    pub name: String,
    /// An application permission of Graph to grant, such as User.Invite.All. May be repeated.
    #[arg(long = "app-role", value_name = "ROLE")]
    pub app_roles: Vec<String>,
    /// A delegated permission to consent to for everybody, such as User.Read. May be repeated.
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// Where people may be sent after they signed in. May be repeated.
    #[arg(long = "redirect-uri", value_name = "URI")]
    pub redirect_uris: Vec<String>,
    /// A public client: a program that can keep no secret, so none is made.
    #[arg(long)]
    pub public: bool,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Says whether a configuration is complete, or what is wrong with it.
    #[command(after_help = "Example:
  lodge config check --config /etc/lodge/lodge.toml")]
    Check(Common),
    /// Prints the documentation of every key.
    #[command(after_help = "Example:
  lodge config reference > configuration.md")]
    Reference,
    /// Prints the JSON schema of the configuration, for editors.
    #[command(after_help = "Example:
  lodge config schema > lodge.schema.json")]
    Schema,
}

/// The whole process: reads the arguments, runs the command, says how it ended.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = act(arguments);
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    eprintln!("lodge: {error}");
    ExitCode::from(if error.kind() == Kind::Internal { 1 } else { 2 })
}

fn act(arguments: Arguments) -> Result<(), Error> {
    match arguments.command {
        Command::Dev(arguments) => in_runtime(dev::run(arguments, Environment::of_process())),
        Command::Serve(configured) => in_runtime(serve::run(configured.config, Environment::of_process())),
        Command::Tenant(command) => say(command.common().json, commands::tenant::run(command)),
        Command::User(command) => say(command.common().json, commands::user::run(command)),
        Command::Application(ApplicationCommand::Create { common, application }) => {
            say(common.json, commands::create_application(common, application))
        }
        Command::Doctor(DoctorArguments { common }) => {
            in_runtime(doctor::run(&common.config, &Environment::of_process(), common.json))
        }
        Command::Backup(arguments) => say(arguments.common.json, commands::backup::run(arguments)),
        Command::Restore(arguments) => say(arguments.common.json, commands::restore::run(arguments)),
        Command::Outbox(command) => say(command.common().json, commands::outbox::run(command)),
        Command::Key(command) => say(command.common().json, commands::key::run(command)),
        Command::Migrate(arguments) => say(arguments.common.json, commands::migrate::run(arguments)),
        Command::Config(ConfigCommand::Check(common)) => {
            say(common.json, commands::check_configuration(common))
        }
        Command::Config(ConfigCommand::Reference) => print(&reference()),
        Command::Config(ConfigCommand::Schema) => print(&schema()),
        Command::Completions(arguments) => print(&commands::completions::text::<Arguments>(&arguments)),
    }
}

/// Runs a command to its end and prints its answer.
fn say(as_json: bool, work: impl Future<Output = Result<Answer, Error>>) -> Result<(), Error> {
    print(&in_runtime(work)?.render(as_json))
}

/// How long threads that are still at work are waited for after the server has ended.
const LAST_WAIT: Duration = Duration::from_secs(1);

fn in_runtime<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    tls::install_provider();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::internal)?;
    let outcome = runtime.block_on(work);
    runtime.shutdown_timeout(LAST_WAIT);
    outcome
}

/// Writes to standard output. A reader that went away is no error of ours.
pub fn print(text: &str) -> Result<(), Error> {
    use std::io::{ErrorKind, Write};
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::unavailable(format!("Standard output cannot be written: {error}.")))
        }
        _ => Ok(()),
    }
}

fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let text =
        text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    text.parse()
        .map_err(|_| "an address and a port are expected, such as 127.0.0.1:8443 or [::1]:0".to_owned())
}

fn domain(text: &str) -> Result<DomainName, String> {
    let domain = DomainName::parse(text).map_err(|why| why.to_string())?;
    if domain.as_str().contains('.') { Ok(domain) } else { Err("a domain needs a dot".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Result<Command, String> {
        Arguments::try_parse_from(line.split_whitespace())
            .map(|it| it.command)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn dev_needs_no_argument() {
        let Ok(Command::Dev(dev)) = parse("lodge dev") else { panic!("dev") };
        assert_eq!(dev.listen.to_string(), "127.0.0.1:8443");
        assert!(dev.data.is_none() && dev.seed.is_none() && !dev.json && !dev.expose);
        assert_eq!(dev.engine, Engine::Sqlite);
        let Ok(Command::Dev(dev)) = parse("lodge dev --listen localhost:0 --json") else { panic!("dev") };
        assert_eq!(dev.listen.to_string(), "127.0.0.1:0");
    }

    #[test]
    fn postgres_needs_its_database() {
        assert!(parse("lodge dev --engine postgres").err().unwrap().contains("--database-url"));
        assert!(parse("lodge dev --engine postgres --database-url postgres://localhost/x").is_ok());
        assert!(
            parse("lodge dev --listen nowhere").err().unwrap().contains("an address and a port are expected")
        );
    }

    #[test]
    fn tenants_and_applications_are_made_with_these_flags() {
        assert!(parse("lodge tenant create --name Contoso --domain contoso.example").is_ok());
        assert!(parse("lodge tenant create --name Contoso --domain contoso").is_err());
        let line = "lodge application create --config x.toml --tenant T --name N --app-role A --app-role B \
                    --scope S --redirect-uri http://localhost/callback --public";
        let Ok(Command::Application(ApplicationCommand::Create { common, application })) = parse(line) else {
            panic!("application")
        };
        assert_eq!(common.config, PathBuf::from("x.toml"));
        assert_eq!(application.app_roles, ["A", "B"]);
        assert!(application.public);
    }

    /// Every command that does something, with the words that lead to it.
    fn leaves(command: &clap::Command, words: &[String]) -> Vec<(Vec<String>, clap::Command)> {
        if !command.has_subcommands() {
            return vec![(words.to_vec(), command.clone())];
        }
        let below = command.get_subcommands().filter(|below| below.get_name() != "help");
        below.flat_map(|below| leaves(below, &[words, &[below.get_name().to_owned()]].concat())).collect()
    }

    #[test]
    fn every_help_ends_in_an_example_and_every_answer_can_be_json() {
        let all = leaves(&Arguments::command(), &[]);
        assert!(all.len() > 20, "{}", all.len());
        for (words, command) in all {
            let help = command.clone().render_long_help().to_string();
            assert!(help.contains("Example"), "{words:?}\n{help}");
            // These print a document, or a log as long as they run.
            let is_plain =
                ["serve", "completions", "reference", "schema"].contains(&&*words[words.len() - 1]);
            let takes_json = command.get_arguments().any(|argument| argument.get_id() == "json");
            assert_eq!(takes_json, !is_plain, "{words:?}");
        }
        assert!(parse("lodge --help").err().unwrap().contains("Example"));
    }

    #[test]
    fn what_destroys_can_be_answered_beforehand_and_what_belongs_together_is_asked_for() {
        for line in [
            "tenant delete T --yes",
            "outbox drop --yes",
            "restore F --replace --yes",
            "key rotate master --yes",
        ] {
            assert!(parse(&format!("lodge {line}")).is_ok(), "{line}");
        }
        for line in [
            "key rotate signing",
            "outbox drop --id 3f0c2a1e-5a43-4a3a-9a9c-0d9a4a1f7c11",
            "restore F --check --replace",
        ] {
            assert!(parse(&format!("lodge {line}")).is_err(), "{line}");
        }
    }

    #[test]
    fn completions_know_the_commands_of_every_shell() {
        for (shell, word) in [("bash", "clear-methods"), ("zsh", "clear-methods"), ("fish", "clear-methods")]
        {
            let Ok(Command::Completions(arguments)) = parse(&format!("lodge completions {shell}")) else {
                panic!("completions")
            };
            assert!(commands::completions::text::<Arguments>(&arguments).contains(word), "{shell}");
        }
    }
}
