namespace Report12350;

/// <summary>A text of the site in the visitor's language; a key without one is said as it is.</summary>
public delegate string Say(string key, params object?[] values);
