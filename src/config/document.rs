//! Documents made from [`super::raw`]: the JSON schema, and `config/default.toml` with a comment for every setting.

use serde_json::Value;

use super::raw::Raw;

/// The JSON schema of `config.toml`, for editors.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(Raw);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// All settings at their defaults, each under its description.
#[must_use]
pub fn default_toml() -> String {
    let schema = schemars::schema_for!(Raw).to_value();
    let defaults = toml::Table::try_from(Raw::default()).unwrap_or_default();
    let mut page = String::from(
        "# kabar's settings, all at their defaults. Copy what you change to config.toml\n# (`kabar config path` tells where that is).\n",
    );
    for (section, settings) in &defaults {
        let definition = resolve(&schema, &schema["properties"][section]);
        page.push_str(&format!("\n{}[{section}]\n", comment(definition)));
        for (name, value) in settings.as_table().into_iter().flatten() {
            page.push_str(&format!("{}{name} = {value}\n", comment(&definition["properties"][name])));
        }
    }
    page
}

fn resolve<'a>(schema: &'a Value, node: &'a Value) -> &'a Value {
    node["$ref"].as_str().and_then(|path| schema.pointer(path.trim_start_matches('#'))).unwrap_or(node)
}

fn comment(node: &Value) -> String {
    let text = node["description"].as_str().unwrap_or_default();
    text.lines().map(|line| format!("# {line}\n")).collect()
}
