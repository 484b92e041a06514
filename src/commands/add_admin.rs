//! `portdesk add-admin`: invites an admin from the command line, also when the first one has lost their way in.

use crate::{
    clock::Clock,
    commands::setting_up::{self, SetUpError},
    config::Config,
    domain::{contact::EmailAddress, people::Role},
    store::{self, links::LinkPurpose, users::NewUser},
    vault::Token,
};

/// Arguments of the subcommand.
#[derive(clap::Args)]
pub struct Options {
    /// Mail address that the admin signs in with
    email: String,
    /// Name of the admin
    name: String,
}

/// Adds an invited admin and prints the link at which they choose a password.
pub fn run(options: &Options) -> Result<(), SetUpError> {
    let config = Config::from_vars(&setting_up::vars())?;
    let email = EmailAddress::parse(&options.email).map_err(|error| SetUpError::Told(error.to_string()))?;
    let store = setting_up::store(&config, true)?;
    let (token, now) = (Token::new(), Clock::System.now());
    store.write_now(|conn| {
        let new = NewUser { account_id: None, email: email.as_str(), name: &options.name, role: Role::Admin };
        let known = store::users::by_email(conn, email.as_str())?;
        let user = match known {
            Some(user) if user.role == Role::Admin && user.state == "invited" => user.id,
            Some(_) => return Err(SetUpError::Told("That address already has an account".to_owned())),
            None => store::users::add(conn, &new, now)?,
        };
        store::links::add(conn, LinkPurpose::Invitation, Some(user), &token, now)?;
        Ok::<_, SetUpError>(())
    })?;
    println!("{}{}{}", config.base_url, LinkPurpose::Invitation.path(), token.reveal());
    Ok(())
}
