//! `portdesk demo`: a desk with sample requests in every stage, in a folder of its own, ready to be tried.

mod folder;

use std::path::Path;

use actix_web::{rt::System, web::Data};

use self::folder::Folder;
use super::{
    serve,
    setting_up::{self, SetUpError},
};
use crate::{
    clock::Clock,
    config::{Config, Vars},
    demo::{self, DemoError, PASSWORD, SIGN_INS, Workshop},
    inspect::Inspector,
    mail::Post,
    services::passwords,
    web::app::App,
    worker,
};

/// The settings that the demonstration heeds; with any other, a real desk's data could be taken for its own.
const HEEDED: [&str; 3] = ["PORTDESK_LISTEN", "PORTDESK_DATA_DIR", "PORTDESK_BASE_URL"];
/// Where the demonstration lives unless told otherwise.
const FOLDER: &str = "./data-demo";

/// Arguments of `demo`.
#[derive(clap::Args)]
pub struct Options {
    /// Throw the demonstration's data away and build it anew
    #[arg(long)]
    fresh: bool,
}

impl From<DemoError> for SetUpError {
    fn from(error: DemoError) -> Self {
        Self::Told(format!("The demonstration cannot be built: {error}"))
    }
}

/// Builds the demonstration unless it is there already, and serves it.
pub fn run(options: &Options) -> Result<(), SetUpError> {
    let mut vars = heeded(setting_up::vars());
    // Before building, which takes a while: the port may be taken, and letters name it.
    let listener = setting_up::listen(&Config::from_vars(&vars)?)?;
    let own = format!("http://{}", listener.local_addr()?);
    let base_url = vars.entry("PORTDESK_BASE_URL".to_owned()).or_insert(own).clone();
    let config = Config::from_vars(&vars)?;
    setting_up::data_folder(&config.data_dir)?;
    let folder = Folder::open(&config.data_dir)?;
    let build = options.fresh || !folder.is_built();
    if build {
        println!("Building the demonstration in {} …", config.data_dir.display());
        folder.begin()?;
    }
    let post = setting_up::post(&config)?;
    let store = setting_up::store(&config, true)?;
    let app = setting_up::app(&config, store, Clock::System, Inspector::of_this_program()?)?;
    if build {
        fill(&config, &app, &post)?;
        folder.end()?;
    }
    println!("{}", welcome(&base_url, &config.data_dir));
    serve::serve(listener, &config, &app, Some(post))
}

fn heeded(vars: Vars) -> Vars {
    let mut vars: Vars = vars.into_iter().filter(|(name, _)| HEEDED.contains(&name.as_str())).collect();
    vars.entry("PORTDESK_DATA_DIR".to_owned()).or_insert_with(|| FOLDER.to_owned());
    // Some of the sample requests move toll-free numbers, and their letters name who takes those over.
    vars.entry("PORTDESK_RESP_ORG".to_owned()).or_insert_with(|| demo::RESP_ORG.to_owned());
    vars
}

fn fill(config: &Config, app: &Data<App>, post: &Post) -> Result<(), DemoError> {
    let hash = passwords::hash(PASSWORD, config.password_memory_kib);
    let workshop = Workshop { tools: &app.loa_tools(), incoming: &app.incoming, post, sender: &worker::sender(config) };
    System::new().block_on(demo::build(&workshop, &hash, app.clock.now()))
}

fn welcome(base_url: &str, folder: &Path) -> String {
    let mut lines = vec![
        String::new(),
        format!("  Address    {base_url}"),
        format!("  Password   {PASSWORD}"),
        format!("  Mail       {}", folder.join("mail").display()),
        String::new(),
        format!("  {:<20} {}", "Sign in as", "to see"),
    ];
    lines.extend(SIGN_INS.iter().map(|(email, sees)| format!("  {email:<20} {sees}")));
    lines.extend([
        String::new(),
        "  The data is kept for the next time; `demo --fresh` builds it anew. Ctrl+C stops the desk.".to_owned(),
    ]);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_real_desk_are_not_heeded() {
        let real = [("DATABASE_URL", "postgres://x/y"), ("PORTDESK_LISTEN", "127.0.0.1:0"), ("PORTDESK_SMTP_URL", "x")];
        let vars = heeded(real.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let told: Vec<_> = vars.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let own = ("PORTDESK_RESP_ORG", demo::RESP_ORG);
        assert_eq!(told, [("PORTDESK_DATA_DIR", "./data-demo"), ("PORTDESK_LISTEN", "127.0.0.1:0"), own]);
    }

    #[test]
    fn the_welcome_says_how_to_sign_in() {
        let text = welcome("http://127.0.0.1:8080", Path::new("data-demo"));
        assert!(text.contains("http://127.0.0.1:8080") && text.contains(PASSWORD), "{text}");
        for (email, _) in SIGN_INS {
            assert!(text.contains(email), "{text}");
        }
    }
}
