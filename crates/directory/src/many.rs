//! Reading many rows by their ids in one statement, so that a page of members is one journey to the database.

use store::{Params, Value};
use uuid::Uuid;

/// Ids one statement takes; a shorter list is filled up with its last.
pub const MANY: usize = 100;

/// The parameters of an `IN (…)` over [`MANY`] ids: `concat!("… id IN (", many_ids!(), ")")`.
macro_rules! many_ids {
    () => {
        ":i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15, :i16, \
            :i17, :i18, :i19, :i20, :i21, :i22, :i23, :i24, :i25, :i26, :i27, :i28, :i29, :i30, :i31, :i32, \
            :i33, :i34, :i35, :i36, :i37, :i38, :i39, :i40, :i41, :i42, :i43, :i44, :i45, :i46, :i47, :i48, \
            :i49, :i50, :i51, :i52, :i53, :i54, :i55, :i56, :i57, :i58, :i59, :i60, :i61, :i62, :i63, :i64, \
            :i65, :i66, :i67, :i68, :i69, :i70, :i71, :i72, :i73, :i74, :i75, :i76, :i77, :i78, :i79, :i80, \
            :i81, :i82, :i83, :i84, :i85, :i86, :i87, :i88, :i89, :i90, :i91, :i92, :i93, :i94, :i95, :i96, \
            :i97, :i98, :i99"
    };
}
pub(crate) use many_ids;

const NAMES: [&str; MANY] = [
    "i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8", "i9", "i10", "i11", "i12", "i13", "i14", "i15",
    "i16", "i17", "i18", "i19", "i20", "i21", "i22", "i23", "i24", "i25", "i26", "i27", "i28", "i29", "i30",
    "i31", "i32", "i33", "i34", "i35", "i36", "i37", "i38", "i39", "i40", "i41", "i42", "i43", "i44", "i45",
    "i46", "i47", "i48", "i49", "i50", "i51", "i52", "i53", "i54", "i55", "i56", "i57", "i58", "i59", "i60",
    "i61", "i62", "i63", "i64", "i65", "i66", "i67", "i68", "i69", "i70", "i71", "i72", "i73", "i74", "i75",
    "i76", "i77", "i78", "i79", "i80", "i81", "i82", "i83", "i84", "i85", "i86", "i87", "i88", "i89", "i90",
    "i91", "i92", "i93", "i94", "i95", "i96", "i97", "i98", "i99",
];

/// The lists of parameters that together ask for all `ids`.
pub fn chunks<T: Copy + Into<Uuid>>(ids: &[T]) -> impl Iterator<Item = Params> {
    ids.chunks(MANY).filter_map(|chunk| {
        let last = *chunk.last()?;
        let filled = chunk.iter().copied().chain(std::iter::repeat(last));
        Some(Params(NAMES.into_iter().zip(filled.map(|id| Value::Id(id.into()))).collect()))
    })
}

/// Puts what was found in the order it was asked for; what was not found is left out.
pub fn in_order<I: Copy + Into<Uuid>, T>(ids: &[I], found: Vec<T>, id: impl Fn(&T) -> Uuid) -> Vec<T> {
    let mut found: std::collections::HashMap<Uuid, T> =
        found.into_iter().map(|row| (id(&row), row)).collect();
    ids.iter().filter_map(|wanted| found.remove(&(*wanted).into())).collect()
}
