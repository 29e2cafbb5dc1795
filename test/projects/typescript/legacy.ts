const settings = { factor: 1 };

export = settings;
