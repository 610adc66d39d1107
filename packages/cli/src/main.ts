console.log("falcoc");
