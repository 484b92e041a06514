//! How domain values lie in columns: the list of those that are kept as text.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::{Nullable, SingleValue, Text},
};

use crate::domain::{
    channel::Channel,
    loa::{EndReason, EventKind, LoaMode, LoaState},
    loa_id::LoaId,
    people::Role,
    request_sid::RequestSid,
    stage::Stage,
};

/// Lets a domain type stand in text columns, without the domain knowing Diesel.
macro_rules! text_column {
    ($type:ty, $value:ident => $text:expr, $stored:ident => $parsed:expr) => {
        impl<DB> ToSql<Text, DB> for $type
        where
            DB: Backend,
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                let $value = self;
                let text: &str = $text;
                text.to_sql(out)
            }
        }

        impl<DB> FromSql<Text, DB> for $type
        where
            DB: Backend,
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let text = String::from_sql(bytes)?;
                let $stored = text.as_str();
                let parsed: Option<Self> = $parsed;
                parsed.ok_or_else(|| format!("unknown {}: {text}", stringify!($type)).into())
            }
        }

        impl<ST, DB> Queryable<ST, DB> for $type
        where
            DB: Backend,
            ST: SingleValue,
            Self: FromSql<ST, DB>,
        {
            type Row = Self;

            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }

        text_column!(@expression $type, $type, Text, $value => $text.to_owned());
        text_column!(@expression $type, &$type, Text, $value => $text.to_owned());
        text_column!(@nullable $type, $type, $value => $text.to_owned());
        text_column!(@nullable $type, &$type, $value => $text.to_owned());
    };
    (@expression $type:ty, $from:ty, $sql:ty, $value:ident => $text:expr) => {
        impl AsExpression<$sql> for $from {
            type Expression = <String as AsExpression<$sql>>::Expression;

            fn as_expression(self) -> Self::Expression {
                let $value = self;
                AsExpression::<$sql>::as_expression($text)
            }
        }
    };
    (@nullable $type:ty, $from:ty, $value:ident => $text:expr) => {
        text_column!(@expression $type, $from, Nullable<Text>, $value => $text);
    };
}

text_column!(Stage, it => it.code(), text => Stage::from_code(text));
text_column!(Channel, it => it.code(), text => Channel::from_code(text));
text_column!(Role, it => it.code(), text => Role::from_code(text));
text_column!(RequestSid, it => it.as_str(), text => RequestSid::parse(text));
text_column!(LoaId, it => it.as_str(), text => LoaId::parse(text));
text_column!(LoaState, it => it.code(), text => LoaState::from_code(text));
text_column!(LoaMode, it => it.code(), text => LoaMode::from_code(text));
text_column!(EndReason, it => it.code(), text => EndReason::from_code(text));
text_column!(EventKind, it => it.code(), text => EventKind::from_code(text));
