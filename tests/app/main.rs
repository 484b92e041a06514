
mod documents_judged;
