//! Values of the domain → what people look at: pages, the paper.

pub mod pdf;

#[cfg(test)]
pub mod sample;
